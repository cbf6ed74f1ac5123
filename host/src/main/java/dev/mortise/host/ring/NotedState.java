package dev.mortise.host.ring;

import dev.mortise.api.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A hook's store, which notes that something has been written. */
record NotedState(StateStore store, Runnable onWrite) implements StateStore {

    @Override
    public Optional<String> get(String key) {
        return store.get(key);
    }

    @Override
    public void set(String key, String value) {
        onWrite.run();
        store.set(key, value);
    }

    @Override
    public void set(String key, String value, Duration timeToLive) {
        onWrite.run();
        store.set(key, value, timeToLive);
    }

    @Override
    public boolean delete(String key) {
        onWrite.run();
        return store.delete(key);
    }

    @Override
    public boolean compareAndSet(String key, @Nullable String expected, @Nullable String next) {
        onWrite.run();
        return store.compareAndSet(key, expected, next);
    }

    @Override
    public long increment(String key, long delta) {
        onWrite.run();
        return store.increment(key, delta);
    }

    @Override
    public long increment(String key, long delta, Duration timeToLive) {
        onWrite.run();
        return store.increment(key, delta, timeToLive);
    }

    @Override
    public List<String> keys(String prefix, int limit) {
        return store.keys(prefix, limit);
    }
}
