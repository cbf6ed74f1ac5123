package dev.mortise.gateway;

import java.time.Duration;

/**
 * How long a provider may take.
 *
 * @param firstByte until a stream begins
 * @param idle between two pieces of a stream
 * @param total for all of an answer
 */
public record Timeouts(Duration firstByte, Duration idle, Duration total) {

    /** The host ends a call of a service after so long anyway. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    public static final Timeouts DEFAULT = new Timeouts(Duration.ofMinutes(2), Duration.ofMinutes(1), LONGEST);
}
