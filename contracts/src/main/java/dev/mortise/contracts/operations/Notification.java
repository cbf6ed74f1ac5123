package dev.mortise.contracts.operations;

import java.time.Instant;

/**
 * Something happened that somebody wants to know. The fields of an {@code Event} of {@code console.plugin.v1}.
 *
 * @param type such as {@link #COMPONENT_DOWN}; an open set
 * @param component its key, or the empty text where it is about none
 * @param flag its key, or the empty text where it is about none
 */
public record Notification(
        String type,
        String title,
        String message,
        String component,
        String flag,
        HealthState from,
        HealthState to,
        Instant at) {

    public static final String COMPONENT_DOWN = "component_down";
    public static final String COMPONENT_DEGRADED = "component_degraded";
    public static final String COMPONENT_RECOVERED = "component_recovered";
    public static final String FLAG_CHANGED = "flag_changed";
}
