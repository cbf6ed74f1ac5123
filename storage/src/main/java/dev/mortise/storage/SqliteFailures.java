package dev.mortise.storage;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.FailureRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

final class SqliteFailures implements HostStorage.Failures {

    private final SqliteDatabase database;

    SqliteFailures(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public void put(FailureRecord failure) {
        database.write(
                Durability.POWER_LOSS,
                "record the failure of plugin " + failure.plugin(),
                handle -> handle.execute(
                        "INSERT OR REPLACE INTO failures (plugin, version, at, code, message) VALUES (?, ?, ?, ?, ?)",
                        failure.plugin().value(),
                        failure.version(),
                        failure.at().toString(),
                        failure.code(),
                        failure.message()));
    }

    @Override
    public Optional<FailureRecord> find(PluginId plugin) {
        return database.read(
                "read the failure of plugin " + plugin,
                handle -> handle.select("SELECT * FROM failures WHERE plugin = ?", plugin.value())
                        .map(SqliteFailures::failure)
                        .findOne());
    }

    @Override
    public List<FailureRecord> all() {
        return database.read(
                "read the plugins' failures",
                handle -> handle.select("SELECT * FROM failures ORDER BY plugin")
                        .map(SqliteFailures::failure)
                        .list());
    }

    @Override
    public void clear(PluginId plugin) {
        database.write(
                Durability.POWER_LOSS,
                "forgive plugin " + plugin,
                handle -> handle.execute("DELETE FROM failures WHERE plugin = ?", plugin.value()));
    }

    private static FailureRecord failure(ResultSet row, StatementContext context) throws SQLException {
        return new FailureRecord(
                new PluginId(row.getString("plugin")),
                row.getString("version"),
                Instant.parse(row.getString("at")),
                row.getString("code"),
                row.getString("message"));
    }
}
