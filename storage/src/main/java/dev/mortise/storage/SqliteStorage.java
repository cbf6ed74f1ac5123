package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.storage.ArtifactFolder;
import dev.mortise.host.storage.DiskFault;
import dev.mortise.host.storage.DurableFiles;
import dev.mortise.host.storage.StateQuota;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Storage in a data directory of its own: {@code mortise.db} and {@code artifacts/}, under the lock {@code mortise.lock}.
 *
 * <p>Generations, packages, failures, tokens and the audit record survive a loss of power once a method has returned.
 * Plugins' state survives the death of the process at any moment, but a loss of power may take away its last moments:
 * waiting for the disk would make each write some ten times as slow. Of its buffered view, the death of the process takes
 * away what was written after the last {@link #settleState} that has returned, and usually no more than a millisecond's. Clearing a plugin's state is as durable as the rest.
 */
public final class SqliteStorage implements HostStorage {

    private final DirectoryLock lock;
    private final SqliteDatabase database;
    private final SqliteGenerations generations;
    private final SqliteArtifacts artifacts;
    private final SqliteFailures failures;
    private final SqliteDerived derived;
    private final SqliteAudit audit;
    private final SqliteTokens tokens;
    private final StateViews states;

    private SqliteStorage(DirectoryLock lock, SqliteDatabase database, SqliteArtifacts artifacts, StateViews states) {
        this.lock = lock;
        this.database = database;
        this.artifacts = artifacts;
        this.states = states;
        generations = new SqliteGenerations(database);
        failures = new SqliteFailures(database);
        derived = new SqliteDerived(database);
        audit = new SqliteAudit(database);
        tokens = new SqliteTokens(database);
    }

    /**
     * Opens the storage, creating it where needed and bringing one of an earlier version up to date.
     *
     * @param dataDirectory is created where needed
     * @param clock of plugins' times to live
     * @throws dev.mortise.host.spi.StorageException saying what to do, if another process uses the directory, it cannot be
     *     written to, or what is in it is damaged or from a newer version
     */
    public static SqliteStorage open(Path dataDirectory, Clock clock) {
        return open(dataDirectory, clock, StateQuota.DEFAULT);
    }

    /**
     * As {@link #open(Path, Clock)}.
     *
     * @param quota of each plugin's state
     */
    public static SqliteStorage open(Path dataDirectory, Clock clock, StateQuota quota) {
        Path directory = dataDirectory.toAbsolutePath();
        try {
            DurableFiles.createDirectories(directory);
        } catch (IOException e) {
            throw DiskFault.of("create the data directory", directory, e);
        }
        DirectoryLock lock = DirectoryLock.acquire(directory);
        boolean ready = false;
        try {
            SqliteStorage storage = open(directory, lock, clock, quota);
            ready = true;
            return storage;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
    }

    private static SqliteStorage open(Path directory, DirectoryLock lock, Clock clock, StateQuota quota) {
        Schema schema = new Schema(Migration.all(), clock);
        SqliteDatabase database = SqliteDatabase.open(directory, schema);
        boolean ready = false;
        try {
            ArtifactFolder folder = ArtifactFolder.open(directory.resolve("artifacts"));
            SqliteArtifacts artifacts = SqliteArtifacts.open(database, folder, clock);
            StateViews states = new StateViews(new PluginStates(database, clock, quota), clock, quota);
            SqliteStorage storage = new SqliteStorage(lock, database, artifacts, states);
            ready = true;
            return storage;
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }

    @Override
    public Generations generations() {
        return generations;
    }

    @Override
    public Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public Derived derived() {
        return derived;
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public Audit audit() {
        return audit;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public StateStore state(PluginId plugin) {
        return states.durable(plugin);
    }

    @Override
    public StateStore bufferedState(PluginId plugin) {
        return states.buffered(plugin);
    }

    @Override
    public void settleState() {
        states.settle();
    }

    @Override
    public void clearState(PluginId plugin) {
        states.clear(plugin);
    }

    /** Waits for what is under way. What is asked for later is refused. */
    @Override
    public void close() {
        states.close();
        database.close();
        lock.close();
    }
}
