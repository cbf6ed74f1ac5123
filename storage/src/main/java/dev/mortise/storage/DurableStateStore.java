package dev.mortise.storage;

import dev.mortise.api.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One plugin's view of the state in which a write has happened on disk when it returns, or has not happened at all. */
final class DurableStateStore implements StateStore {

    private final PluginBuffer buffer;
    private final StateStore disk;

    DurableStateStore(PluginBuffer buffer, StateStore disk) {
        this.buffer = buffer;
        this.disk = disk;
    }

    @Override
    public Optional<String> get(String key) {
        return buffer.onDisk(null, () -> disk.get(key));
    }

    @Override
    public void set(String key, String value) {
        buffer.onDisk(key, () -> {
            disk.set(key, value);
            return value;
        });
    }

    @Override
    public void set(String key, String value, Duration timeToLive) {
        buffer.onDisk(key, () -> {
            disk.set(key, value, timeToLive);
            return value;
        });
    }

    @Override
    public boolean delete(String key) {
        return buffer.onDisk(key, () -> disk.delete(key));
    }

    @Override
    public boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        return buffer.onDisk(key, () -> disk.compareAndSet(key, expected, next));
    }

    @Override
    public long increment(String key, long delta) {
        return buffer.onDisk(key, () -> disk.increment(key, delta));
    }

    @Override
    public long increment(String key, long delta, Duration timeToLive) {
        return buffer.onDisk(key, () -> disk.increment(key, delta, timeToLive));
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return buffer.onDisk(null, () -> disk.keys(prefix, limit));
    }
}
