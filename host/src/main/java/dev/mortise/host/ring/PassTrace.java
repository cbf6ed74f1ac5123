package dev.mortise.host.ring;

import dev.mortise.host.Rings.HookStep;
import dev.mortise.host.Rings.RequestTrace;
import dev.mortise.host.Rings.RingStep;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request meets, noted down as cheaply as can be: in arrays, to be turned into a record only when somebody wants
 * to see it. Holds nothing of a plugin but its id. Used by one thread at a time, until it is handed to the traces.
 */
final class PassTrace {

    private static final String RING = "";

    private final String traceId;
    private final Instant at;
    private final String caller;
    private final String session;
    private final long generation;
    private final long began;
    private final Map<String, Duration> marks = new LinkedHashMap<>();

    private Object[] who = new Object[16];
    private String[] outcomes = new String[16];
    private long[] nanos = new long[16];
    private int length;
    private String outcome = "proceed";
    private long total;

    PassTrace(String traceId, Instant at, String caller, String session, long generation, long began) {
        this.traceId = traceId;
        this.at = at;
        this.caller = caller;
        this.session = session;
        this.generation = generation;
        this.began = began;
    }

    void hook(PluginId plugin, long duration, String result) {
        add(plugin, duration, result);
    }

    /** The ring of the hooks that were noted down last. */
    void ring(String name, long duration) {
        add(name, duration, RING);
    }

    private void add(Object subject, long duration, String result) {
        if (length == who.length) {
            who = Arrays.copyOf(who, length * 2);
            outcomes = Arrays.copyOf(outcomes, length * 2);
            nanos = Arrays.copyOf(nanos, length * 2);
        }
        who[length] = subject;
        nanos[length] = duration;
        outcomes[length++] = result;
    }

    void mark(String what, Duration duration) {
        marks.put(what, duration);
    }

    void outcome(String value) {
        outcome = value;
    }

    void end(long now) {
        total = now - began;
    }

    RequestTrace view() {
        List<RingStep> rings = new ArrayList<>();
        List<HookStep> hooks = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Duration duration = Duration.ofNanos(nanos[i]);
            switch (who[i]) {
                case PluginId plugin -> hooks.add(new HookStep(plugin, duration, outcomes[i]));
                case Object ring -> {
                    rings.add(new RingStep(ring.toString(), duration, hooks));
                    hooks = new ArrayList<>();
                }
            }
        }
        return new RequestTrace(
                traceId,
                at,
                caller,
                session,
                generation,
                outcome,
                Duration.ofNanos(total),
                Collections.unmodifiableMap(new LinkedHashMap<>(marks)),
                rings);
    }
}
