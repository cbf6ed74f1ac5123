package dev.mortise.host.guard;

import dev.mortise.host.model.Limits;

/**
 * What a guard holds one plugin instance to.
 *
 * @param concurrency calls at the same time; more are refused, not queued
 * @param maxAbandoned calls that may be stuck before the plugin is quarantined
 */
public record GuardLimits(int concurrency, int maxAbandoned, BreakerPolicy breaker) {

    public static final int DEFAULT_MAX_ABANDONED = 4;

    public GuardLimits {
        if (concurrency < 1 || maxAbandoned < 1) {
            throw new IllegalArgumentException("a guard needs a concurrency of at least 1, not " + concurrency
                    + ", and maxAbandoned of at least 1, not " + maxAbandoned);
        }
    }

    /** Those of the manifest, with defaults for the rest. */
    public static GuardLimits of(Limits limits) {
        return new GuardLimits(limits.concurrency(), DEFAULT_MAX_ABANDONED, BreakerPolicy.DEFAULT);
    }
}
