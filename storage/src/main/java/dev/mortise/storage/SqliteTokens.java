package dev.mortise.storage;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

final class SqliteTokens implements HostStorage.Tokens {

    private final SqliteDatabase database;

    SqliteTokens(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public void put(TokenRecord token) {
        String task = "store token '" + token.name() + "'";
        database.write(Durability.POWER_LOSS, task, handle -> {
            if (exists(handle, "name", token.name())) {
                throw new StorageException("cannot " + task
                        + ": there is one of that name already; delete it first or choose another name");
            }
            if (exists(handle, "hash", token.hash())) {
                throw new StorageException(
                        "cannot " + task + ": there is one with the same secret already; make a new secret");
            }
            return handle.execute(
                    "INSERT INTO tokens (name, role, hash, created_at) VALUES (?, ?, ?, ?)",
                    token.name(),
                    token.role(),
                    token.hash(),
                    token.createdAt().toString());
        });
    }

    @Override
    public Optional<TokenRecord> findByHash(String hash) {
        return database.read(
                "look up a token",
                handle -> handle.select("SELECT * FROM tokens WHERE hash = ?", hash)
                        .map(SqliteTokens::token)
                        .findOne());
    }

    @Override
    public List<TokenRecord> all() {
        return database.read(
                "read the tokens",
                handle -> handle.select("SELECT * FROM tokens ORDER BY name")
                        .map(SqliteTokens::token)
                        .list());
    }

    @Override
    public boolean delete(String name) {
        return database.write(
                Durability.POWER_LOSS,
                "delete token '" + name + "'",
                handle -> handle.execute("DELETE FROM tokens WHERE name = ?", name) > 0);
    }

    private static boolean exists(Handle handle, String column, String value) {
        return handle.select("SELECT EXISTS (SELECT 1 FROM tokens WHERE " + column + " = ?)", value)
                .mapTo(boolean.class)
                .one();
    }

    private static TokenRecord token(ResultSet row, StatementContext context) throws SQLException {
        return new TokenRecord(
                row.getString("name"),
                row.getString("role"),
                row.getString("hash"),
                Instant.parse(row.getString("created_at")));
    }
}
