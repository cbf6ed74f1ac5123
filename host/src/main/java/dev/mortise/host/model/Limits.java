package dev.mortise.host.model;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Bounds on a plugin.
 *
 * @param deadline for one call of a function
 * @param loadDeadline for the constructor and {@code onLoad}
 * @param drainDeadline how long a replaced instance may take to finish its calls
 * @param concurrency calls at the same time; more are refused, not queued
 * @param memoryBytes for runtimes that can bound it
 */
public record Limits(
        Duration deadline, Duration loadDeadline, Duration drainDeadline, int concurrency, OptionalLong memoryBytes) {

    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(30), 64, OptionalLong.empty());
}
