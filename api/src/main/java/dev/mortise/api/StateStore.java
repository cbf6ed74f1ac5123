package dev.mortise.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's own key-value store. Keys hold 1 to 512 characters, values at most 1 MiB of text; no plugin sees another
 * one's keys. Every operation is atomic, also against other instances of the same plugin during a swap.
 *
 * <p>An entry with a time to live is gone once it has passed.
 */
public interface StateStore {

    Optional<String> get(String key);

    /** Sets the value and takes away a time to live that was set before. */
    void set(String key, String value);

    void set(String key, String value, Duration timeToLive);

    /** @return whether there was a value */
    boolean delete(String key);

    /**
     * Replaces the value if it is the expected one.
     *
     * @param expected the value that must be there, or null for "there must be none"
     * @param next the value to set, or null to delete
     * @return whether the value was the expected one and has been replaced
     */
    boolean compareAndSet(String key, @Nullable String expected, @Nullable String next);

    /**
     * Adds to a counter, which begins at zero.
     *
     * @return the value after the addition
     * @throws IllegalStateException if the value is not a whole number
     */
    long increment(String key, long delta);

    /** As {@link #increment(String, long)}; the time to live is set when the counter begins and then left alone. */
    long increment(String key, long delta, Duration timeToLive);

    /** The keys that begin with the prefix, in order, at most {@code limit}. */
    List<String> keys(String prefix, int limit);
}
