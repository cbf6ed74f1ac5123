package dev.mortise.plugin.storepostgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.plugin.sqlstore.Database;
import dev.mortise.plugin.sqlstore.Migration;
import dev.mortise.plugin.sqlstore.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database, by a few connections that are made when they are needed. It need not be there: whoever asks is told,
 * and served as soon as it is.
 */
public final class PostgresDatabase implements Database {

    private static final Schema SCHEMA =
            new Schema("mortise_store_schema", List.of(Migration.load(PostgresDatabase.class, "001-first-tables.sql")));

    /** Names the lock that whoever brings the schema up to date holds; any number that nobody else has. */
    private static final long SCHEMA_LOCK = 0x6d6f72746973654cL;

    private static final String PREFIX = "jdbc:postgresql:";

    private final HikariDataSource connections;
    private final String where;
    private final Clock clock;
    private final Object schema = new Object();
    private volatile boolean upToDate;

    private PostgresDatabase(HikariDataSource connections, String where, Clock clock) {
        this.connections = connections;
        this.where = where;
        this.clock = clock;
    }

    /** Who enters which database. */
    public record Access(String url, String user, String password) {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "access of " + user;
        }
    }

    /**
     * Gets ready to connect, and does not wait until it can.
     *
     * @param most how many connections there may be
     * @param timeout for a connection; a statement may take twice that
     * @throws IllegalArgumentException if the URL will not do
     */
    public static PostgresDatabase open(Access access, int most, Duration timeout, Clock clock) {
        PGSimpleDataSource source = source(access, timeout);
        HikariConfig config = new HikariConfig();
        config.setPoolName("store-postgres");
        config.setDataSource(source);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(timeout.toMillis());
        config.setValidationTimeout(Math.max(250, timeout.toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        return new PostgresDatabase(
                new HikariDataSource(config),
                source.getServerNames()[0] + ":" + source.getPortNumbers()[0] + "/" + source.getDatabaseName(),
                clock);
    }

    private static PGSimpleDataSource source(Access access, Duration timeout) {
        int seconds = (int) Math.max(1, timeout.toSeconds());
        PGSimpleDataSource source = new PGSimpleDataSource();
        if (!access.url().startsWith(PREFIX) || access.url().matches(".*[?&](user|password)=.*")) {
            throw new IllegalArgumentException(
                    "url: must be like jdbc:postgresql://host:5432/database, without user and password");
        }
        try {
            source.setURL(access.url());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url: must be like jdbc:postgresql://host:5432/database", e);
        }
        source.setUser(access.user());
        source.setPassword(access.password());
        source.setApplicationName("mortise store-postgres");
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds * 2);
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        return inTransaction(what, work);
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        return inTransaction(what, work);
    }

    private <T> T inTransaction(String what, Work<T> work) {
        try {
            bringUpToDate();
            return commit(work);
        } catch (SQLException e) {
            throw PostgresFaults.failure(where, what, e);
        }
    }

    private <T> T commit(Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            boolean done = false;
            try {
                T result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken, and with it the transaction.
        }
    }

    /** Once, and by one of all that use the database. */
    private void bringUpToDate() throws SQLException {
        if (upToDate) {
            return;
        }
        synchronized (schema) {
            if (!upToDate) {
                boolean _ = commit(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
                    }
                    SCHEMA.bringUpToDate(connection, clock);
                    return true;
                });
                upToDate = true;
            }
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
