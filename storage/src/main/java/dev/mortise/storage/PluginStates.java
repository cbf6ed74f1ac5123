package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateFullException;
import dev.mortise.host.storage.StateQuota;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

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
            if (writes++ % WRITES_PER_SWEEP == 0) {
                sweep(handle);
            }
            return result;
        });
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
