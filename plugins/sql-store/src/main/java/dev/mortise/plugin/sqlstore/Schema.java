package dev.mortise.plugin.sqlstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/**
 * Brings a database to the schema that this version works with, whichever earlier version it comes from. To be called in
 * a transaction that no other can run beside.
 *
 * @param table where the steps that were taken are noted
 */
public record Schema(String table, List<Migration> migrations) {

    public Schema {
        migrations = List.copyOf(migrations);
    }

    /**
     * Carries out the missing steps.
     *
     * @throws NewerSchemaException if a newer version has been there
     */
    public void bringUpToDate(Connection connection, Clock clock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");
            int version = version(statement);
            int known = migrations.getLast().number();
            if (version > known) {
                throw new NewerSchemaException(version, known);
            }
            for (Migration migration : migrations) {
                if (migration.number() > version) {
                    for (String sql : migration.statements()) {
                        statement.execute(sql);
                    }
                    note(connection, migration, clock);
                }
            }
        }
    }

    private int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM " + table)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void note(Connection connection, Migration migration, Clock clock) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " (version, name, applied_at) VALUES (?, ?, ?)")) {
            insert.setInt(1, migration.number());
            insert.setString(2, migration.name());
            insert.setString(3, clock.instant().toString());
            insert.executeUpdate();
        }
    }
}
