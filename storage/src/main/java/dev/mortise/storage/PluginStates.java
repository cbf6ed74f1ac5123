package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateFullException;
import dev.mortise.host.storage.StateQuota;
import dev.mortise.host.storage.StateRules;
import java.time.Clock;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The state of all plugins: one table, what each may keep of it, and the sweeping out of what has ended. */
final class PluginStates {

    private static final int WRITES_PER_SWEEP = 256;

    /** More than can end between two sweeps, so that they keep up; few enough to be done in some milliseconds. */
    private static final int SWEPT_AT_ONCE = 2 * WRITES_PER_SWEEP;

    private final SqliteDatabase database;
    private final Clock clock;
    private final StateQuota quota;

    /** Guarded by the database, which has one writer at a time. */
    private int writes;

    PluginStates(SqliteDatabase database, Clock clock, StateQuota quota) {
        this.database = database;
        this.clock = clock;
        this.quota = quota;
    }

    StateStore of(PluginId plugin) {
        return new SqliteStateStore(plugin, this, database, clock);
    }

    void clear(PluginId plugin) {
        database.write(Durability.POWER_LOSS, "clear the state of plugin " + plugin, handle -> {
            handle.execute("DELETE FROM plugin_state WHERE plugin = ?", plugin.value());
            return handle.execute("DELETE FROM plugin_state_usage WHERE plugin = ?", plugin.value());
        });
    }

    /**
     * Does a change that may need room.
     *
     * @throws StateFullException if it would leave more than the quota
     */
    <R> R write(PluginId plugin, String task, HandleCallback<R, RuntimeException> change) {
        try {
            return writeWithinQuota(plugin, task, change);
        } catch (StateFullException e) {
            if (sweepAll(task) == 0) {
                throw e;
            }
            return writeWithinQuota(plugin, task, change);
        }
    }

    private <R> R writeWithinQuota(PluginId plugin, String task, HandleCallback<R, RuntimeException> change) {
        return database.write(Durability.PROCESS_DEATH, task, handle -> {
            R result = change.withHandle(handle);
            if (!fits(plugin, handle)) {
                throw quota.exceeded(plugin);
            }
            if (writes++ >= WRITES_PER_SWEEP) {
                writes = 0;
                sweep(handle);
            }
            return result;
        });
    }

    /** What has gathered in memory. @throws StorageException if none of it could be written */
    void save(Map<StateWriter.Key, BufferedEntry> changes) {
        String task = "write the state of plugins";
        database.write(Durability.PROCESS_DEATH, task, handle -> {
            try (PreparedBatch put = handle.prepareBatch("""
                            INSERT INTO plugin_state (plugin, key, ends_at, value) VALUES (?, ?, ?, ?)
                            ON CONFLICT (plugin, key) DO UPDATE SET ends_at = excluded.ends_at, value = excluded.value""");
                    PreparedBatch delete =
                            handle.prepareBatch("DELETE FROM plugin_state WHERE plugin = ? AND key = ?")) {
                changes.forEach((key, entry) -> {
                    String plugin = key.plugin().value();
                    if (entry.value() == null) {
                        delete.add(plugin, key.key());
                    } else {
                        @Nullable Long end = entry.end() == StateRules.NEVER ? null : Long.valueOf(entry.end());
                        put.add(plugin, key.key(), end, entry.value());
                    }
                });
                if (delete.size() > 0) {
                    delete.execute();
                }
                if (put.size() > 0) {
                    put.execute();
                }
            }
            writes += changes.size();
            if (writes >= WRITES_PER_SWEEP) {
                writes = 0;
                sweep(handle);
            }
            return changes.size();
        });
    }

    /** An entry as it is on disk, also if it has ended. */
    BufferedEntry entry(PluginId plugin, String key) {
        return database.read(
                "read the state of plugin " + plugin,
                handle -> handle.select(
                                "SELECT value, ends_at FROM plugin_state WHERE plugin = ? AND key = ?",
                                plugin.value(),
                                key)
                        .map((row, context) -> {
                            long end = row.getLong("ends_at");
                            boolean endless = row.wasNull();
                            return new BufferedEntry(row.getString("value"), endless ? StateRules.NEVER : end);
                        })
                        .findOne()
                        .orElse(new BufferedEntry(null, StateRules.NEVER)));
    }

    PluginBuffer.Usage usage(PluginId plugin) {
        return database.read(
                "read the state of plugin " + plugin,
                handle -> handle.select("SELECT keys, bytes FROM plugin_state_usage WHERE plugin = ?", plugin.value())
                        .map((row, context) -> new PluginBuffer.Usage(row.getLong("keys"), row.getLong("bytes")))
                        .findOne()
                        .orElse(new PluginBuffer.Usage(0, 0)));
    }

    /** Deletes what has ended. */
    int sweepAll() {
        return sweepAll("sweep the state of plugins");
    }

    private boolean fits(PluginId plugin, Handle handle) {
        return handle.select("SELECT keys, bytes FROM plugin_state_usage WHERE plugin = ?", plugin.value())
                .map((row, context) -> quota.allows(row.getLong("keys"), row.getLong("bytes")))
                .findOne()
                .orElse(true);
    }

    /** In pieces, between which others can write. */
    private int sweepAll(String task) {
        int all = 0;
        int swept;
        do {
            swept = database.write(Durability.PROCESS_DEATH, task, this::sweep);
            all += swept;
        } while (swept == SWEPT_AT_ONCE);
        return all;
    }

    private int sweep(Handle handle) {
        return handle.execute("""
                DELETE FROM plugin_state WHERE rowid IN
                    (SELECT rowid FROM plugin_state WHERE ends_at <= ? ORDER BY ends_at LIMIT ?)""", clock.millis(), SWEPT_AT_ONCE);
    }
}
