package dev.mortise.host.guard;

import java.time.Duration;

/**
 * How long calls took. A percentile {@code p} of {@code n} durations is the one at position {@code floor(n * p)} of the
 * sorted list, counted from 0, and at most the last. Values are exact to 3.2 %, upwards; the mean to 1.6 %.
 *
 * <p>Of contributions that have been called thousands of times and are called many times within some milliseconds, one in
 * eight of the short calls is timed and stands for the others. Calls of more than some 8 ms are all timed, so none of
 * those is missing from the percentiles or the maximum.
 *
 * @param count of calls that ended, well or not; an estimate where calls went untimed, the exact number being in
 *     {@link CallStatistics}
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
