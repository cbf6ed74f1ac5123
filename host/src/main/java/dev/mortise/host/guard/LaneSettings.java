package dev.mortise.host.guard;

import java.time.Duration;

/**
 * How a lane treats its threads.
 *
 * @param name threads are called {@code mortise-call-<name>-<n>}
 * @param maxThreads at the same time, with those that are stuck
 * @param keepAlive how long a thread waits for something to do before it ends
 * @param patience how long a task may wait for a thread at the least, however soon its first call is due
 * @param grace how long after a deadline the caller waits for the thread to leave, before it goes on without it
 */
public record LaneSettings(String name, int maxThreads, Duration keepAlive, Duration grace, Duration patience) {

    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(10);
    public static final Duration DEFAULT_GRACE = Duration.ofMillis(5);

    public LaneSettings {
        if (maxThreads < 1) {
            throw new IllegalArgumentException("a lane needs at least 1 thread, not " + maxThreads);
        }
    }

    /** Tasks wait for a thread no longer than their first call may take. */
    public LaneSettings(String name, int maxThreads, Duration keepAlive, Duration grace) {
        this(name, maxThreads, keepAlive, grace, Duration.ZERO);
    }

    public LaneSettings withPatience(Duration value) {
        return new LaneSettings(name, maxThreads, keepAlive, grace, value);
    }

    public static LaneSettings of(String name, int maxThreads) {
        return new LaneSettings(name, maxThreads, DEFAULT_KEEP_ALIVE, DEFAULT_GRACE);
    }
}
