package dev.mortise.plugin.sqlstore;

import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.HealthState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The table {@code checks}, which holds the latest of each component. */
final class CheckTable {

    private CheckTable() {}

    static void record(Connection connection, Check check) throws SQLException {
        int _ = Statements.update(
                connection,
                """
                INSERT INTO checks (component, state, message, latency_second, latency_nano, checked_second, checked_nano)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (component) DO UPDATE SET state = excluded.state, message = excluded.message,
                    latency_second = excluded.latency_second, latency_nano = excluded.latency_nano,
                    checked_second = excluded.checked_second, checked_nano = excluded.checked_nano
                WHERE (excluded.checked_second, excluded.checked_nano) >= (checks.checked_second, checks.checked_nano)""",
                check.component(),
                check.state().number(),
                check.message(),
                check.latency().getSeconds(),
                check.latency().getNano(),
                check.checkedAt().getEpochSecond(),
                check.checkedAt().getNano());
    }

    static void delete(Connection connection, String component) throws SQLException {
        int _ = Statements.update(connection, "DELETE FROM checks WHERE component = ?", component);
    }

    static List<Check> find(Connection connection, String component) throws SQLException {
        return Statements.list(connection, CheckTable::read, "SELECT * FROM checks WHERE component = ?", component);
    }

    static List<Check> all(Connection connection) throws SQLException {
        return Statements.list(connection, CheckTable::read, "SELECT * FROM checks ORDER BY component");
    }

    private static Check read(ResultSet row) throws SQLException {
        return new Check(
                row.getString("component"),
                HealthState.ofNumber(row.getInt("state")),
                row.getString("message"),
                Duration.ofSeconds(row.getLong("latency_second"), row.getInt("latency_nano")),
                Statements.time(row, "checked"));
    }
}
