package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.DiskFault;
import dev.mortise.host.storage.DurableFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * One database file: several readers beside one writer. Writers queue here rather than in SQLite, which would have them
 * sleep and try again. Safe for use by several threads, virtual ones too. An interrupt has no effect on it.
 */
final class SqliteDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SqliteDatabase.class.getName());

    private static final int READERS = 4;

    /** Up to this size, looking for damage at opening takes some milliseconds only. */
    private static final long CHECKED_BYTES = 8 << 20;

    private final Path file;
    private final SqliteFaults faults;
    private final ConnectionPool durable;
    private final ConnectionPool fast;
    private final ConnectionPool reading;
    private final ReentrantLock writing = new ReentrantLock();
    private final Jdbi durableJdbi;
    private final Jdbi fastJdbi;
    private final Jdbi readingJdbi;

    private SqliteDatabase(Path file) {
        this.file = file;
        faults = new SqliteFaults(file);
        SqliteConnections connections = new SqliteConnections(file);
        durable = new ConnectionPool(1, () -> connections.writer(Durability.POWER_LOSS));
        fast = new ConnectionPool(1, () -> connections.writer(Durability.PROCESS_DEATH));
        reading = new ConnectionPool(READERS, connections::reader);
        durableJdbi = jdbi(durable);
        fastJdbi = jdbi(fast);
        readingJdbi = jdbi(reading);
    }

    static Jdbi jdbi(ConnectionPool connections) {
        Jdbi jdbi = Jdbi.create(connections);
        PositionalSql.use(jdbi.getConfig(SqlStatements.class));
        return jdbi;
    }

    /**
     * Opens the folder's {@code mortise.db}, creating it where needed.
     *
     * @throws StorageException if it cannot be opened or is damaged, saying what to do
     */
    static SqliteDatabase open(Path folder, Schema schema) {
        Path file = folder.resolve("mortise.db");
        SqliteDatabase database = new SqliteDatabase(file);
        boolean ready = false;
        try {
            createPrivate(file);
            database.prepare(schema);
            DurableFiles.force(folder);
            ready = true;
            return database;
        } catch (IOException e) {
            throw DiskFault.of("open the database", file, e);
        } catch (JdbiException | SQLException e) {
            throw database.faults.of("open the database", e);
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    /** @param task what is done, to follow "cannot" where it cannot */
    <R> R read(String task, HandleCallback<R, RuntimeException> work) {
        try {
            return readingJdbi.withHandle(work);
        } catch (JdbiException e) {
            throw faults.of(task, e);
        } catch (IllegalArgumentException | DateTimeException e) {
            // Written by this program, so it was a version, a digest, a time or JSON once.
            throw faults.damaged(task, "a value cannot be read: " + e.getMessage());
        }
    }

    /**
     * Does the work in a transaction of its own, which is taken back if the work throws.
     *
     * @param task what is done, to follow "cannot" where it cannot
     */
    <R> R write(Durability durability, String task, HandleCallback<R, RuntimeException> work) {
        Jdbi jdbi = switch (durability) {
            case POWER_LOSS -> durableJdbi;
            case PROCESS_DEATH -> fastJdbi;
        };
        writing.lock();
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw faults.of(task, e);
        } finally {
            writing.unlock();
        }
    }

    /** Waits for what is under way; what comes later is refused. */
    @Override
    public void close() {
        // The last connection to be closed puts the log into the file, and only a writer can.
        for (ConnectionPool pool : List.of(reading, fast, durable)) {
            try {
                pool.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.WARNING, "closing {0} failed: {1}", file, e.getMessage());
            }
        }
    }

    private void prepare(Schema schema) throws IOException, SQLException {
        requireLog();
        requireSound();
        schema.bringUpToDate(durableJdbi, file);
    }

    /** Some file systems, those of networks above all, cannot share memory between processes, which the log needs. */
    private void requireLog() {
        String mode = durableJdbi.withHandle(handle ->
                handle.select("PRAGMA journal_mode").mapTo(String.class).one());
        if (!mode.equals("wal")) {
            throw new StorageException("cannot open the database: the disk of " + file
                    + " has no support for a write-ahead log; choose a data directory on a local disk");
        }
    }

    private void requireSound() throws IOException {
        if (Files.size(file) > CHECKED_BYTES) {
            return;
        }
        String finding = durableJdbi.withHandle(handle ->
                handle.select("PRAGMA quick_check(1)").mapTo(String.class).one());
        if (!finding.equals("ok")) {
            throw faults.damaged("open the database", finding);
        }
    }

    /** For this user alone, because it holds plugins' state and configuration. SQLite gives its other files the same mode. */
    private static void createPrivate(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, mode);
        } catch (FileAlreadyExistsException e) {
            // SQLite would open it for reading only, and the first change would fail instead of the opening.
            if (!Files.isWritable(file)) {
                throw new AccessDeniedException(file.toString());
            }
        }
    }
}
