package dev.mortise.server.metrics;

import dev.mortise.host.Rings.HookView;
import dev.mortise.host.Rings.RingView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What rings and their hooks do. Counts of hooks are those of the running instance; those of rings live as the host. */
final class RingMetrics {

    private static final List<String> BREAKER_STATES = List.of("closed", "open", "half_open");

    private RingMetrics() {}

    static void write(List<RingView> rings, PrometheusText text) {
        text.family(MetricType.SUMMARY, "mortise_ring_duration_seconds", "How long a request takes through a ring.");
        for (RingView ring : rings) {
            Map<String, String> labels = Map.of("ring", ring.definition().name());
            quantiles(text, labels, ring.p50(), ring.p95(), ring.p99());
            text.sample("_count", labels, ring.runs());
        }
        text.family(
                MetricType.COUNTER,
                "mortise_ring_dropped_total",
                "Requests that a ring was left out for, because too many were running in the background.");
        rings.forEach(ring -> text.sample(Map.of("ring", ring.definition().name()), ring.dropped()));
        hooks(rings, text);
    }

    private record Labelled(HookView hook, Map<String, String> labels) {}

    private static void hooks(List<RingView> rings, PrometheusText text) {
        List<Labelled> hooks = labelled(rings);
        count(hooks, text, "mortise_hook_calls_total", "Calls of a hook.", HookView::calls);
        count(hooks, text, "mortise_hook_failures_total", "Calls of a hook that failed.", HookView::failures);
        count(
                hooks,
                text,
                "mortise_hook_timeouts_total",
                "Calls of a hook that did not answer in time.",
                HookView::timeouts);
        count(hooks, text, "mortise_hook_blocks_total", "Requests that a hook has ended.", HookView::blocks);
        count(
                hooks,
                text,
                "mortise_hook_bypassed_total",
                "Requests that went on although a hook failed, or was not called.",
                HookView::bypassed);
        text.family(MetricType.SUMMARY, "mortise_hook_duration_seconds", "How long calls of a hook take.");
        for (Labelled one : hooks) {
            quantiles(
                    text,
                    one.labels(),
                    one.hook().p50(),
                    one.hook().p95(),
                    one.hook().p99());
            text.sample("_count", one.labels(), one.hook().calls());
        }
        text.family(MetricType.GAUGE, "mortise_hook_breaker", "1 for the state that the breaker of a hook is in.");
        for (Labelled one : hooks) {
            for (String state : BREAKER_STATES) {
                text.sample(
                        with(one.labels(), "state", state),
                        state.equals(one.hook().breaker()) ? 1 : 0);
            }
        }
    }

    private static void count(
            List<Labelled> hooks, PrometheusText text, String name, String help, ToLongFunction<HookView> value) {
        text.family(MetricType.COUNTER, name, help);
        hooks.forEach(one -> text.sample(one.labels(), value.applyAsLong(one.hook())));
    }

    /** A class that is in a ring more than once is told apart by a number, for no two samples may be alike. */
    private static List<Labelled> labelled(List<RingView> rings) {
        List<Labelled> all = new ArrayList<>();
        Map<List<String>, Integer> seen = new HashMap<>();
        for (RingView ring : rings) {
            for (HookView hook : ring.hooks()) {
                String name = ring.definition().name();
                int nth = seen.merge(List.of(name, hook.plugin().value(), hook.className()), 1, Integer::sum);
                Map<String, String> labels = new LinkedHashMap<>();
                labels.put("ring", name);
                labels.put("plugin", hook.plugin().value());
                labels.put("class", nth == 1 ? hook.className() : hook.className() + "#" + nth);
                all.add(new Labelled(hook, labels));
            }
        }
        return all;
    }

    private static void quantiles(PrometheusText text, Map<String, String> labels, double p50, double p95, double p99) {
        text.sample(with(labels, "quantile", "0.5"), p50 / 1e6)
                .sample(with(labels, "quantile", "0.95"), p95 / 1e6)
                .sample(with(labels, "quantile", "0.99"), p99 / 1e6);
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(name, value);
        return more;
    }
}
