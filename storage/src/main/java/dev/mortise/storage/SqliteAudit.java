package dev.mortise.storage;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.StatementContext;

final class SqliteAudit implements HostStorage.Audit {

    private final SqliteDatabase database;

    SqliteAudit(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public long append(AuditEntry entry) {
        return database.write(
                Durability.POWER_LOSS,
                "write the audit record",
                handle -> handle.select(
                                """
                        INSERT INTO audit (at, actor, via, action, subject, outcome, detail)
                        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number""",
                                entry.at().toString(),
                                entry.actor(),
                                entry.via(),
                                entry.action(),
                                entry.subject(),
                                entry.outcome(),
                                entry.detail())
                        .mapTo(long.class)
                        .one());
    }

    @Override
    public List<AuditEntry> recent(int limit, OptionalLong before) {
        RowLimit.check(limit);
        return database.read(
                "read the audit record",
                handle -> handle.select(
                                "SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?",
                                before.orElse(Long.MAX_VALUE),
                                limit)
                        .map(SqliteAudit::entry)
                        .list());
    }

    private static AuditEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEntry(
                row.getLong("number"),
                Instant.parse(row.getString("at")),
                row.getString("actor"),
                row.getString("via"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("outcome"),
                row.getString("detail"));
    }
}
