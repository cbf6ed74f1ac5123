package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.storage.StateRules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plugin's view of the state that does not wait for the disk. */
final class BufferedStateStore implements StateStore {

    private final PluginBuffer buffer;
    private final StateStore disk;
    private final Clock clock;

    BufferedStateStore(PluginBuffer buffer, StateStore disk, Clock clock) {
        this.buffer = buffer;
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    public Optional<String> get(String key) {
        StateRules.checkKey(key);
        return value(buffer.read(key));
    }

    private Optional<String> value(BufferedEntry entry) {
        return entry.isLive(clock.millis()) ? Optional.ofNullable(entry.value()) : Optional.empty();
    }

    @Override
    public void set(String key, String value) {
        set(key, value, StateRules.NEVER);
    }

    @Override
    public void set(String key, String value, Duration timeToLive) {
        set(key, value, StateRules.end(clock, timeToLive));
    }

    private void set(String key, String value, long end) {
        StateRules.checkKey(key);
        StateRules.checkValue(value);
        buffer.change(key, _ -> new BufferedEntry(value, end));
    }

    @Override
    public boolean delete(String key) {
        StateRules.checkKey(key);
        BufferedEntry before =
                buffer.change(key, entry -> entry.value() == null ? entry : new BufferedEntry(null, StateRules.NEVER));
        return value(before).isPresent();
    }

    @Override
    public boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        StateRules.checkKey(key);
        if (next != null) {
            StateRules.checkValue(next);
        }
        boolean[] swapped = new boolean[1];
        buffer.change(key, entry -> {
            Optional<String> there = value(entry);
            swapped[0] = there.equals(Optional.ofNullable(expected));
            return swapped[0] ? new BufferedEntry(next, there.isPresent() ? entry.end() : StateRules.NEVER) : entry;
        });
        return swapped[0];
    }

    @Override
    public long increment(String key, long delta) {
        return increment(key, delta, StateRules.NEVER);
    }

    @Override
    public long increment(String key, long delta, Duration timeToLive) {
        return increment(key, delta, StateRules.end(clock, timeToLive));
    }

    private long increment(String key, long delta, long endIfNew) {
        StateRules.checkKey(key);
        long[] sum = new long[1];
        buffer.change(key, entry -> {
            Optional<String> there = value(entry);
            sum[0] = there.isPresent() ? StateRules.add(key, there.get(), delta) : delta;
            return new BufferedEntry(Long.toString(sum[0]), there.isPresent() ? entry.end() : endIfNew);
        });
        return sum[0];
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return buffer.onDisk(null, () -> disk.keys(prefix, limit));
    }
}
