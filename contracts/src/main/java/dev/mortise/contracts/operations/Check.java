package dev.mortise.contracts.operations;

import java.time.Duration;
import java.time.Instant;

/**
 * How a component did at one time. The fields of a {@code Check} of {@code console.plugin.v1}.
 *
 * @param component its key
 * @param message for people; the empty text where there is nothing to say
 * @param latency how long it took to find out
 */
public record Check(String component, HealthState state, String message, Duration latency, Instant checkedAt) {}
