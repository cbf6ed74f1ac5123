package dev.mortise.plugin.sqlstore;

import dev.mortise.contracts.operations.Component;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table {@code components}. */
final class ComponentTable {

    private ComponentTable() {}

    /** @return whether there was none with its key */
    static boolean insert(Connection connection, Component component) throws SQLException {
        return Statements.update(
                        connection,
                        """
                        INSERT INTO components (key, name, description, provider, config,
                            created_second, created_nano, updated_second, updated_nano)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                        component.key(),
                        component.name(),
                        component.description(),
                        component.provider(),
                        JsonColumns.config(component.config()),
                        component.createdAt().getEpochSecond(),
                        component.createdAt().getNano(),
                        component.updatedAt().getEpochSecond(),
                        component.updatedAt().getNano())
                == 1;
    }

    /** @return whether there was one; it keeps its creation where the new one has none */
    static boolean update(Connection connection, Component component) throws SQLException {
        boolean created = !component.createdAt().equals(Instant.EPOCH);
        return Statements.update(
                        connection,
                        """
                        UPDATE components SET name = ?, description = ?, provider = ?, config = ?,
                            created_second = coalesce(?, created_second), created_nano = coalesce(?, created_nano),
                            updated_second = ?, updated_nano = ?
                        WHERE key = ?""",
                        component.name(),
                        component.description(),
                        component.provider(),
                        JsonColumns.config(component.config()),
                        created ? component.createdAt().getEpochSecond() : null,
                        created ? component.createdAt().getNano() : null,
                        component.updatedAt().getEpochSecond(),
                        component.updatedAt().getNano(),
                        component.key())
                == 1;
    }

    static boolean delete(Connection connection, String key) throws SQLException {
        return Statements.update(connection, "DELETE FROM components WHERE key = ?", key) == 1;
    }

    static List<Component> find(Connection connection, String key) throws SQLException {
        return Statements.list(connection, ComponentTable::read, "SELECT * FROM components WHERE key = ?", key);
    }

    static List<Component> all(Connection connection) throws SQLException {
        return Statements.list(connection, ComponentTable::read, "SELECT * FROM components ORDER BY key");
    }

    private static Component read(ResultSet row) throws SQLException {
        return new Component(
                row.getString("key"),
                row.getString("name"),
                row.getString("description"),
                row.getString("provider"),
                JsonColumns.config(row.getString("config")),
                Statements.time(row, "created"),
                Statements.time(row, "updated"));
    }
}
