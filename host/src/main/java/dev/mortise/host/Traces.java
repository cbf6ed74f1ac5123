package dev.mortise.host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The last calls. */
public interface Traces {

    /** The newest first. @param plugin only of this one; the empty text for all */
    List<Trace> recent(String plugin, int limit);

    /** @param outcome {@code ok} or a problem's code */
    record Trace(
            String traceId,
            Instant at,
            String plugin,
            String contribution,
            long generation,
            String caller,
            Duration duration,
            String outcome,
            String message) {}
}
