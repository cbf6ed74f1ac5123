package dev.mortise.plugin.sqlstore;

import dev.mortise.contracts.operations.Flag;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table {@code flags}. */
final class FlagTable {

    private FlagTable() {}

    /** @return whether there was none with its key */
    static boolean insert(Connection connection, Flag flag) throws SQLException {
        return Statements.update(
                        connection,
                        """
                        INSERT INTO flags (key, description, enabled, scope, rollout, variants, cohort, experiment,
                            created_second, created_nano, updated_second, updated_nano)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        flag.key(),
                        flag.description(),
                        flag.enabled() ? 1 : 0,
                        flag.scope(),
                        flag.rollout(),
                        JsonColumns.variants(flag.variants()),
                        flag.cohort(),
                        flag.experiment(),
                        flag.createdAt().getEpochSecond(),
                        flag.createdAt().getNano(),
                        flag.updatedAt().getEpochSecond(),
                        flag.updatedAt().getNano())
                == 1;
    }

    /** @return whether there was one; it keeps its creation where the new one has none */
    static boolean update(Connection connection, Flag flag) throws SQLException {
        boolean created = !flag.createdAt().equals(Instant.EPOCH);
        return Statements.update(
                        connection,
                        """
                        UPDATE flags SET description = ?, enabled = ?, scope = ?, rollout = ?, variants = ?, cohort = ?,
                            experiment = ?, created_second = coalesce(?, created_second),
                            created_nano = coalesce(?, created_nano), updated_second = ?, updated_nano = ?
                        WHERE key = ?""",
                        flag.description(),
                        flag.enabled() ? 1 : 0,
                        flag.scope(),
                        flag.rollout(),
                        JsonColumns.variants(flag.variants()),
                        flag.cohort(),
                        flag.experiment(),
                        created ? flag.createdAt().getEpochSecond() : null,
                        created ? flag.createdAt().getNano() : null,
                        flag.updatedAt().getEpochSecond(),
                        flag.updatedAt().getNano(),
                        flag.key())
                == 1;
    }

    static boolean delete(Connection connection, String key) throws SQLException {
        return Statements.update(connection, "DELETE FROM flags WHERE key = ?", key) == 1;
    }

    static List<Flag> find(Connection connection, String key) throws SQLException {
        return Statements.list(connection, FlagTable::read, "SELECT * FROM flags WHERE key = ?", key);
    }

    static List<Flag> all(Connection connection) throws SQLException {
        return Statements.list(connection, FlagTable::read, "SELECT * FROM flags ORDER BY key");
    }

    private static Flag read(ResultSet row) throws SQLException {
        return new Flag(
                row.getString("key"),
                row.getString("description"),
                row.getInt("enabled") != 0,
                row.getString("scope"),
                row.getInt("rollout"),
                JsonColumns.variants(row.getString("variants")),
                row.getString("cohort"),
                row.getString("experiment"),
                Statements.time(row, "created"),
                Statements.time(row, "updated"));
    }
}
