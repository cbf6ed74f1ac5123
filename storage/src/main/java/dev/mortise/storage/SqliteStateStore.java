package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateRules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** One plugin's view of the state. */
final class SqliteStateStore implements StateStore {

    /** With the time as its argument. An entry that has ended is not there, whether it has been swept out or not. */
    private static final String LIVE = "(ends_at IS NULL OR ends_at > ?)";

    private final PluginId plugin;
    private final PluginStates states;
    private final SqliteDatabase database;
    private final Clock clock;
    private final String reading;
    private final String writing;

    SqliteStateStore(PluginId plugin, PluginStates states, SqliteDatabase database, Clock clock) {
        this.plugin = plugin;
        this.states = states;
        this.database = database;
        this.clock = clock;
        reading = "read the state of plugin " + plugin;
        writing = "write the state of plugin " + plugin;
    }

    @Override
    public Optional<String> get(String key) {
        StateRules.checkKey(key);
        return database.read(reading, handle -> value(handle, key));
    }

    @Override
    public void set(String key, String value) {
        set(key, value, StateRules.NEVER);
    }

    @Override
    public void set(String key, String value, Duration timeToLive) {
        set(key, value, StateRules.end(clock, timeToLive));
    }

    @Override
    public boolean delete(String key) {
        StateRules.checkKey(key);
        long now = clock.millis();
        // Not by the quota's gate: making room is always allowed.
        return database.write(
                Durability.PROCESS_DEATH,
                writing,
                handle -> handle.select(
                                "DELETE FROM plugin_state WHERE plugin = ? AND key = ? RETURNING " + LIVE,
                                plugin.value(),
                                key,
                                now)
                        .mapTo(boolean.class)
                        .findOne()
                        .orElse(false));
    }

    @Override
    public boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        StateRules.checkKey(key);
        if (next != null) {
            StateRules.checkValue(next);
        }
        return states.write(plugin, writing, handle -> {
            Optional<String> there = value(handle, key);
            if (!there.equals(Optional.ofNullable(expected))) {
                return false;
            }
            if (next == null) {
                handle.execute("DELETE FROM plugin_state WHERE plugin = ? AND key = ?", plugin.value(), key);
            } else {
                put(handle, key, there.isPresent(), next, StateRules.NEVER);
            }
            return true;
        });
    }

    @Override
    public long increment(String key, long delta) {
        return increment(key, delta, StateRules.NEVER);
    }

    @Override
    public long increment(String key, long delta, Duration timeToLive) {
        return increment(key, delta, StateRules.end(clock, timeToLive));
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        StateRules.checkPrefix(prefix);
        StateRules.checkLimit(limit);
        KeyRange range = KeyRange.of(prefix);
        String select = "SELECT key FROM plugin_state WHERE plugin = ? AND key >= ? AND " + LIVE;
        String order = " ORDER BY key LIMIT ?";
        long now = clock.millis();
        return database.read(reading, handle -> {
            Query query = range.to().isPresent()
                    ? handle.select(
                            select + " AND key < ?" + order,
                            plugin.value(),
                            range.from(),
                            now,
                            range.to().get(),
                            limit)
                    : handle.select(select + order, plugin.value(), range.from(), now, limit);
            return query.mapTo(String.class).list();
        });
    }

    private void set(String key, String value, long end) {
        StateRules.checkKey(key);
        StateRules.checkValue(value);
        states.write(plugin, writing, handle -> put(handle, key, value, end));
    }

    private long increment(String key, long delta, long endIfNew) {
        StateRules.checkKey(key);
        return states.write(plugin, writing, handle -> {
            Optional<String> there = value(handle, key);
            long sum = there.isPresent() ? StateRules.add(key, there.get(), delta) : delta;
            put(handle, key, there.isPresent(), Long.toString(sum), endIfNew);
            return sum;
        });
    }

    private Optional<String> value(Handle handle, String key) {
        return handle.select(
                        "SELECT value FROM plugin_state WHERE plugin = ? AND key = ? AND " + LIVE,
                        plugin.value(),
                        key,
                        clock.millis())
                .mapTo(String.class)
                .findOne();
    }

    /** An entry that is there keeps its end. */
    private void put(Handle handle, String key, boolean isThere, String value, long endIfNew) {
        if (isThere) {
            handle.execute(
                    "UPDATE plugin_state SET value = ? WHERE plugin = ? AND key = ?", value, plugin.value(), key);
        } else {
            put(handle, key, value, endIfNew);
        }
    }

    private int put(Handle handle, String key, String value, long end) {
        @Nullable Long endsAt = end == StateRules.NEVER ? null : end;
        return handle.execute("""
                INSERT INTO plugin_state (plugin, key, ends_at, value) VALUES (?, ?, ?, ?)
                ON CONFLICT (plugin, key) DO UPDATE SET ends_at = excluded.ends_at, value = excluded.value""", plugin.value(), key, endsAt, value);
    }
}
