package dev.mortise.host;

import java.time.Instant;
import java.util.List;

/**
 * The state of a host.
 *
 * @param phase {@code starting}, {@code ready}, {@code draining} or {@code closed}
 * @param runtimes the names of those that are available
 */
public record HostStatus(
        String version,
        Phase phase,
        Instant startedAt,
        long generation,
        int active,
        int failed,
        int disabled,
        int inFlight,
        int leaked,
        List<String> runtimes) {

    public HostStatus {
        runtimes = List.copyOf(runtimes);
    }

    public enum Phase {
        STARTING,
        READY,
        DRAINING,
        CLOSED
    }
}
