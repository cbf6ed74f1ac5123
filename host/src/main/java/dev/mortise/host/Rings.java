package dev.mortise.host;

import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rings of a host, and the way through them. */
public interface Rings {

    /** All rings, in the order in which they were defined. */
    List<RingView> list();

    Optional<RingView> find(String name);

    /** Enters the live generation with a request. Whoever opens the pass closes it. */
    <B> RingPass<B> open(RingRequest<B> request);

    /** The last requests, the newest first. */
    List<RequestTrace> traces(int limit);

    /** Whether requests are traced from now on. They are, unless somebody turns it off. */
    void trace(boolean on);

    /** The last requests that met a hook of this plugin, the newest first. @param plugin the empty text for all */
    default List<RequestTrace> traces(String plugin, int limit) {
        return plugin.isEmpty()
                ? traces(limit)
                : traces(Integer.MAX_VALUE).stream()
                        .filter(trace -> trace.rings().stream()
                                .flatMap(ring -> ring.hooks().stream())
                                .anyMatch(hook -> hook.plugin().value().equals(plugin)))
                        .limit(limit)
                        .toList();
    }

    /**
     * A ring as it is at this moment. Durations are in microseconds.
     *
     * @param runs requests that have gone through it, also partly
     * @param dropped requests that it was left out for, because too many were running in the background
     * @param hooks in the order in which they run
     */
    record RingView(
            RingDefinition definition,
            long runs,
            long dropped,
            double p50,
            double p95,
            double p99,
            List<HookView> hooks) {
        public RingView {
            hooks = List.copyOf(hooks);
        }
    }

    /**
     * A hook in its place.
     *
     * @param prioritySource {@code manifest} or {@code operator}
     * @param failPolicySource {@code ring}, {@code manifest} or {@code operator}
     * @param why it has this place, for a person
     * @param runsOn {@code request} if it runs on the thread of the request, because it can be stopped at any time; else
     *     {@code own}, a thread that the request can go on without
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param blocks requests that it has ended with an error of its own
     * @param bypassed requests that went on although it failed, or was not called
     */
    record HookView(
            PluginId plugin,
            Version version,
            String className,
            int priority,
            String prioritySource,
            FailPolicy failPolicy,
            String failPolicySource,
            Duration timeout,
            List<String> before,
            List<String> after,
            String why,
            String runsOn,
            String breaker,
            long calls,
            long failures,
            long timeouts,
            long blocks,
            long bypassed,
            double p50,
            double p95,
            double p99) {
        public HookView {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * What a request met on its way.
     *
     * @param outcome {@code proceed}, {@code blocked}, {@code responded} or {@code failed}
     * @param marks what whoever ran the rings has measured besides, such as {@code upstream}
     */
    record RequestTrace(
            String traceId,
            Instant at,
            String caller,
            String session,
            long generation,
            String outcome,
            Duration total,
            Map<String, Duration> marks,
            List<RingStep> rings) {
        public RequestTrace {
            rings = List.copyOf(rings);
        }
    }

    record RingStep(String ring, Duration duration, List<HookStep> hooks) {
        public RingStep {
            hooks = List.copyOf(hooks);
        }
    }

    /** @param outcome {@code passthrough}, {@code modify}, {@code block}, {@code respond} or a problem's code */
    record HookStep(PluginId plugin, Duration duration, String outcome) {}
}
