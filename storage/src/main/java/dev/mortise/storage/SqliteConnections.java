package dev.mortise.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens connections to a database file, set up for what they are for. */
final class SqliteConnections {

    /** For programs beside the host, such as one that makes a backup; the host's own threads queue before SQLite. */
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    /** What the log shrinks to when it begins anew. */
    private static final int LOG_BYTES = 16 << 20;

    private final String url;

    SqliteConnections(Path file) {
        // As a URI, because the driver takes a question mark in a plain path for the beginning of options.
        url = "jdbc:sqlite:" + file.toUri();
    }

    Connection writer(Durability durability) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(JournalMode.WAL);
        config.setJournalSizeLimit(LOG_BYTES);
        config.enforceForeignKeys(true);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        // With a write-ahead log, FULL waits for the disk at each commit and NORMAL only at checkpoints.
        switch (durability) {
            case POWER_LOSS -> {
                config.setSynchronous(SynchronousMode.FULL);
                config.enableFullSync(true); // macOS otherwise stops at the drive's cache
            }
            case PROCESS_DEATH -> config.setSynchronous(SynchronousMode.NORMAL);
        }
        return config.createConnection(url);
    }

    Connection reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return config.createConnection(url);
    }

    /** A database of its own, gone when it is closed. */
    static Connection inMemory() throws SQLException {
        return config().createConnection("jdbc:sqlite::memory:");
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setGetGeneratedKeys(false); // a query after each insert that nobody looks at
        return config;
    }
}
