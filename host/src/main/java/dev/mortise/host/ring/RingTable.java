package dev.mortise.host.ring;

import dev.mortise.host.RingDefinition;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.Rings.RingView;
import dev.mortise.host.guard.BreakerState;
import dev.mortise.host.guard.CallStatistics;
import dev.mortise.host.guard.LatencySummary;
import dev.mortise.host.ring.RingSequence.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All rings of one generation. Never changes. */
public final class RingTable {

    private final RingCatalog catalog;
    private final RingLogs logs;
    private final Map<String, RingSequence> sequences = new LinkedHashMap<>();

    /** A running hook, and the place that it claims. */
    public record Entry(HookPlace place, RingHook hook) {}

    public RingTable(RingCatalog catalog, RingLogs logs, List<Entry> entries) {
        this.catalog = catalog;
        this.logs = logs;
        catalog.definitions().forEach(ring -> sequences.put(ring.name(), sequence(ring, entries)));
        for (Entry entry : entries) {
            String name = entry.place().declared().on();
            if (!sequences.containsKey(name)) {
                catalog.find(name).ifPresent(ring -> sequences.put(name, sequence(ring, entries)));
            }
        }
    }

    private RingSequence sequence(RingDefinition ring, List<Entry> entries) {
        Map<HookPlace, RingHook> hooks = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> entry.place().declared().on().equals(ring.name()))
                .forEach(entry -> hooks.put(entry.place(), entry.hook()));
        List<Step> steps = new ArrayList<>();
        for (HookOrder.Placed placed : HookOrder.of(hooks.keySet()).hooks()) {
            HookPlace place = placed.place();
            RingHook hook = hooks.get(place);
            if (hook != null) {
                steps.add(new Step(place, placed.why(), hook, place.failPolicy(ring)));
            }
        }
        return new RingSequence(ring, logs.of(ring.name()), steps);
    }

    /** @throws IllegalArgumentException if there is no such ring */
    RingSequence sequence(String name) {
        @Nullable RingSequence known = sequences.get(name);
        if (known != null) {
            return known;
        }
        RingDefinition ring = catalog.find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "this host has no ring '" + name + "'; it has " + catalog.names()));
        return new RingSequence(ring, logs.of(name), List.of());
    }

    public List<RingView> views() {
        return sequences.values().stream().map(RingTable::view).toList();
    }

    public Optional<RingView> view(String name) {
        return Optional.ofNullable(sequences.get(name)).map(RingTable::view);
    }

    static RingView view(RingSequence ring) {
        LatencySummary latency = ring.log().latency();
        List<HookView> hooks = new ArrayList<>();
        for (int i = 0; i < ring.length(); i++) {
            hooks.add(view(ring.step(i)));
        }
        return new RingView(
                ring.definition(),
                latency.count(),
                ring.log().droppedCount(),
                micros(latency.p50()),
                micros(latency.p95()),
                micros(latency.p99()),
                hooks);
    }

    private static HookView view(Step step) {
        HookPlace place = step.place();
        RingHook hook = step.hook();
        CallStatistics figures = hook.guard().statistics();
        LatencySummary latency = figures.latency();
        BreakerState breaker = hook.guard().breaker();
        return new HookView(
                place.plugin(),
                hook.version(),
                place.className(),
                place.priority(),
                place.prioritySource(),
                step.failPolicy(),
                place.failPolicySource(),
                hook.guard().timeout(),
                place.declared().before(),
                place.declared().after(),
                step.why(),
                hook.needsThread() ? "own" : "request",
                breaker.label(),
                figures.calls(),
                figures.failures(),
                figures.timeouts(),
                hook.blocks(),
                hook.bypassed(),
                micros(latency.p50()),
                micros(latency.p95()),
                micros(latency.p99()));
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1_000.0;
    }
}
