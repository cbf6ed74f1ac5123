package dev.mortise.host.guard;

import java.time.Duration;

/**
 * When a plugin is quarantined, and for how long. Both rules look at one contribution at a time, so that a hook that
 * always fails is not covered up by another that never does.
 *
 * @param consecutiveFailures of one contribution, without a success between them
 * @param failureRate from 0 to 1: of one contribution's calls, once there are {@code rateFailures} failures
 * @param rateFailures how many failures within {@code rateWindow} it takes for the rate to be looked at
 * @param coolDown how long the first quarantine lasts; each failed probe doubles it
 * @param maxCoolDown what doubling ends at
 */
public record BreakerPolicy(
        int consecutiveFailures,
        double failureRate,
        int rateFailures,
        Duration rateWindow,
        Duration coolDown,
        Duration maxCoolDown) {

    public static final BreakerPolicy DEFAULT =
            new BreakerPolicy(10, 0.5, 20, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Failures are counted and nothing follows from them. */
    static final BreakerPolicy NEVER = new BreakerPolicy(
            Integer.MAX_VALUE, 1, Integer.MAX_VALUE, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));

    public BreakerPolicy {
        if (consecutiveFailures < 1 || rateFailures < 2) {
            throw new IllegalArgumentException("a breaker needs consecutiveFailures of at least 1, not "
                    + consecutiveFailures + ", and rateFailures of at least 2, not " + rateFailures);
        }
        if (!(failureRate > 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("failureRate is above 0 and at most 1, not " + failureRate);
        }
        if (!rateWindow.isPositive() || !coolDown.isPositive() || maxCoolDown.compareTo(coolDown) < 0) {
            throw new IllegalArgumentException(
                    "rateWindow and coolDown are positive and maxCoolDown is no shorter than coolDown");
        }
    }
}
