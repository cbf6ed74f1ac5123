package dev.mortise.host.memory;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateQuota;
import dev.mortise.host.storage.StateRules;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plugin's state. Guarded by itself. */
final class MemoryStateStore implements StateStore {

    /** Ended entries are swept out once in so many writes, so that they do not pile up. */
    private static final int WRITES_PER_SWEEP = 1024;

    /** By code points, as databases do it; Java's own order puts U+1F600 before U+FFFD. */
    private static final Comparator<String> IN_ORDER =
            Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** @param end in milliseconds of the epoch */
    private record Entry(String value, long end) {}

    private final PluginId plugin;
    private final Clock clock;
    private final StateQuota quota;
    private final Map<String, Entry> entries = new HashMap<>();
    private long bytes;
    private int writes;

    MemoryStateStore(PluginId plugin, Clock clock, StateQuota quota) {
        this.plugin = plugin;
        this.clock = clock;
        this.quota = quota;
    }

    @Override
    public synchronized Optional<String> get(String key) {
        StateRules.checkKey(key);
        return Optional.ofNullable(live(key)).map(Entry::value);
    }

    @Override
    public synchronized void set(String key, String value) {
        put(key, new Entry(value, StateRules.NEVER));
    }

    @Override
    public synchronized void set(String key, String value, Duration timeToLive) {
        put(key, new Entry(value, StateRules.end(clock, timeToLive)));
    }

    @Override
    public synchronized boolean delete(String key) {
        StateRules.checkKey(key);
        boolean was = live(key) != null;
        remove(key);
        return was;
    }

    @Override
    public synchronized boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        StateRules.checkKey(key);
        if (next != null) {
            StateRules.checkValue(next);
        }
        Entry there = live(key);
        boolean asExpected = there == null ? expected == null : there.value.equals(expected);
        if (asExpected) {
            if (next == null) {
                remove(key);
            } else {
                put(key, new Entry(next, there == null ? StateRules.NEVER : there.end));
            }
        }
        return asExpected;
    }

    @Override
    public synchronized long increment(String key, long delta) {
        return increment(key, delta, StateRules.NEVER);
    }

    @Override
    public synchronized long increment(String key, long delta, Duration timeToLive) {
        return increment(key, delta, StateRules.end(clock, timeToLive));
    }

    @Override
    public synchronized List<String> keys(String prefix, int limit) {
        StateRules.checkPrefix(prefix);
        StateRules.checkLimit(limit);
        return entries.keySet().stream()
                .filter(key -> key.startsWith(prefix) && live(key) != null)
                .sorted(IN_ORDER)
                .limit(limit)
                .toList();
    }

    synchronized void clear() {
        entries.clear();
        bytes = 0;
    }

    private long increment(String key, long delta, long endIfNew) {
        StateRules.checkKey(key);
        Entry there = live(key);
        long sum = there == null ? delta : StateRules.add(key, there.value, delta);
        put(key, new Entry(Long.toString(sum), there == null ? endIfNew : there.end));
        return sum;
    }

    private @Nullable Entry live(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.end > clock.millis() ? entry : null;
    }

    private void put(String key, Entry entry) {
        StateRules.checkKey(key);
        StateRules.checkValue(entry.value);
        if (++writes % WRITES_PER_SWEEP == 0 || !fits(key, entry)) {
            sweep();
        }
        if (!fits(key, entry)) {
            throw quota.exceeded(plugin);
        }
        remove(key);
        entries.put(key, entry);
        bytes += size(key, entry);
    }

    private boolean fits(String key, Entry entry) {
        Entry old = entries.get(key);
        return quota.allows(
                entries.size() + (old == null ? 1 : 0), bytes + size(key, entry) - (old == null ? 0 : size(key, old)));
    }

    private void remove(String key) {
        Entry old = entries.remove(key);
        if (old != null) {
            bytes -= size(key, old);
        }
    }

    private void sweep() {
        List<String> ended =
                entries.keySet().stream().filter(key -> live(key) == null).toList();
        ended.forEach(this::remove);
    }

    private static long size(String key, Entry entry) {
        return (long) StateRules.size(key) + StateRules.size(entry.value);
    }
}
