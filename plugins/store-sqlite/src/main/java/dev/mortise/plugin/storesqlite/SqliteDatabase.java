package dev.mortise.plugin.storesqlite;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.plugin.sqlstore.Database;
import dev.mortise.plugin.sqlstore.Migration;
import dev.mortise.plugin.sqlstore.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** One SQLite file, by one connection that threads use in turn. Other programs may have the file open as well. */
public final class SqliteDatabase implements Database {

    private static final Schema SCHEMA =
            new Schema("schema_version", List.of(Migration.load(SqliteDatabase.class, "001-first-tables.sql")));

    private static final int PAGE_BYTES = 4096;

    /** How long to wait for the other threads of this instance, which queue for the disk. */
    private static final Duration TURN = Duration.ofSeconds(20);

    private final Path file;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    private SqliteDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file, makes it if there is none, and brings its tables up to date.
     *
     * @param busy how long to wait while another program has the file locked
     * @param mebibytes how large it may grow
     * @throws ServiceException if it cannot be opened
     */
    public static SqliteDatabase open(Path file, Duration busy, int mebibytes, Clock clock) {
        try {
            Connection connection = connect(file, busy, mebibytes);
            SqliteDatabase database = new SqliteDatabase(file, connection);
            try {
                boolean _ = database.write("open the store", opened -> {
                    SCHEMA.bringUpToDate(opened, clock);
                    return true;
                });
                return database;
            } catch (RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFaults.failure(file, "open the store", e);
        }
    }

    /** Not by way of the driver manager, which would keep the driver for the whole process. */
    private static Connection connect(Path file, Duration busy, int mebibytes) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enableFullSync(true); // macOS otherwise stops at the drive's cache
        config.setBusyTimeout((int) busy.toMillis());
        config.setPageSize(PAGE_BYTES);
        config.setMaxPageCount((int) Math.min(Integer.MAX_VALUE - 1, ((long) mebibytes << 20) / PAGE_BYTES));
        config.setGetGeneratedKeys(false); // a query after each insert that nobody looks at
        Properties properties = config.toProperties();
        // As a URI, because the driver takes a question mark in a plain path for the beginning of options.
        String name = file.toUri().toString();
        return new JDBC4Connection("jdbc:sqlite:" + name, name, properties);
    }

    @Override
    public <T> T read(String what, Work<T> work) {
        return inTransaction(what, "BEGIN", work);
    }

    @Override
    public <T> T write(String what, Work<T> work) {
        // Takes the lock at once: a transaction that reads first cannot wait for it later.
        return inTransaction(what, "BEGIN IMMEDIATE", work);
    }

    private <T> T inTransaction(String what, String begin, Work<T> work) {
        take(what);
        try (Statement statement = connection.createStatement()) {
            statement.execute(begin);
            boolean done = false;
            try {
                T result = work.with(connection);
                statement.execute("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(statement);
                }
            }
        } catch (SQLException e) {
            throw SqliteFaults.failure(file, what, e);
        } finally {
            turn.unlock();
        }
    }

    private void take(String what) {
        try {
            if (turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ServiceException(Kind.UNAVAILABLE, "the store cannot " + what + ": too many wait for the disk");
    }

    private static void rollBack(Statement statement) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // After some failures, such as a full disk, SQLite has done so by itself.
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFaults.failure(file, "close the store", e);
        } finally {
            turn.unlock();
        }
    }
}
