package dev.mortise.host.guard;

import java.time.Duration;

/**
 * How long calls took. A percentile {@code p} of {@code n} durations is the one at position {@code floor(n * p)} of the
 * sorted list, counted from 0, and at most the last. Values are exact to 3.2 %, upwards; the mean to 1.6 %.
 *
 * @param count of calls that ended, well or not
 */
public record LatencySummary(
        long count,
        Duration mean,
        Duration p50,
        Duration p90,
        Duration p95,
        Duration p99,
        Duration p999,
        Duration max) {

    public static final LatencySummary NONE = new LatencySummary(
            0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
