package dev.mortise.host.guard;

import java.time.Duration;
import java.util.Optional;

/** Whether a plugin takes calls. */
public sealed interface BreakerState {

    /** It does. */
    record Closed() implements BreakerState {}

    /**
     * It is quarantined: every call is refused.
     *
     * @param retryAfter from now until a probe is let through; empty if it takes calls again as soon as calls that are
     *     stuck have returned
     */
    record Open(String reason, Optional<Duration> retryAfter) implements BreakerState {}

    /** It is quarantined, and one call at a time is let through as a probe. */
    record HalfOpen(String reason) implements BreakerState {}

    /** {@code closed}, {@code open} or {@code half_open}. */
    default String label() {
        return switch (this) {
            case Closed _ -> "closed";
            case Open _ -> "open";
            case HalfOpen _ -> "half_open";
        };
    }
}
