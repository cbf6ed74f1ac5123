package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.CallStatisticsView;
import dev.mortise.host.PluginView.GuardView;
import dev.mortise.host.PluginView.HookView;
import dev.mortise.host.Rings.HookStep;
import dev.mortise.host.Rings.RequestTrace;
import dev.mortise.host.Rings.RingStep;
import dev.mortise.host.Rings.RingView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Figures of plugins and rings as JSON. All durations are numbers of milliseconds. */
final class LatencyViews {

    private static final double MICROS_IN_MILLI = 1_000;

    private LatencyViews() {}

    static JsonObject stats(List<PluginView> plugins) {
        Map<String, JsonValue> byPlugin = new LinkedHashMap<>();
        plugins.forEach(plugin -> byPlugin.put(plugin.id().value(), stats(plugin)));
        return new JsonObject(byPlugin);
    }

    private static JsonObject stats(PluginView plugin) {
        JsonObject stats = JsonObject.of("invocations", sum(plugin, CallStatisticsView::calls))
                .with("errors", sum(plugin, CallStatisticsView::failures))
                .with(
                        "blocks",
                        plugin.hooks().stream().mapToLong(HookView::blocks).sum())
                .with("timeouts", sum(plugin, CallStatisticsView::timeouts))
                .with("total_latency_ms", millis(total(plugin)))
                .with("avg_latency_ms", average(plugin))
                .with("latency_percentiles", percentiles(plugin))
                .with("breaker", plugin.guard().map(GuardView::breaker).orElse("closed"));
        return plugin.guard()
                .flatMap(GuardView::retryAt)
                .map(at -> stats.with("quarantined_until", at.toString()))
                .orElse(stats);
    }

    static JsonObject latency(List<RingView> rings, List<PluginView> plugins, List<RequestTrace> requests) {
        Map<String, JsonValue> byRing = new LinkedHashMap<>();
        for (RingView ring : rings) {
            byRing.put(
                    ring.definition().name(),
                    percentiles(JsonObject.of("count", ring.runs()), ring.p50(), ring.p95(), ring.p99()));
        }
        Map<String, JsonValue> byPlugin = new LinkedHashMap<>();
        for (PluginView plugin : plugins) {
            byPlugin.put(
                    plugin.id().value(),
                    JsonObject.of("avg_ms", average(plugin))
                            .with("percentiles", percentiles(plugin))
                            .with("invocations", sum(plugin, CallStatisticsView::calls)));
        }
        return JsonObject.of("rings", new JsonObject(byRing))
                .with("plugins", new JsonObject(byPlugin))
                .with("ttft", firstTokens(requests));
    }

    /** From the requests that are remembered and whose service has said when its first word came. */
    private static JsonObject firstTokens(List<RequestTrace> requests) {
        List<Long> sorted = requests.stream()
                .flatMap(request ->
                        java.util.stream.Stream.ofNullable(request.marks().get("ttft")))
                .map(duration -> duration.toNanos() / 1_000)
                .sorted()
                .toList();
        return percentiles(
                JsonObject.of("samples", sorted.size()), at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99));
    }

    private static double at(List<Long> sorted, double quantile) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min((int) (sorted.size() * quantile), sorted.size() - 1));
    }

    static JsonObject timeline(List<RequestTrace> requests) {
        return JsonObject.of(
                        "traces", requests.stream().map(LatencyViews::trace).toList())
                .with("count", requests.size());
    }

    private static JsonObject trace(RequestTrace request) {
        Map<String, JsonValue> rings = new LinkedHashMap<>();
        for (RingStep ring : request.rings()) {
            rings.put(
                    ring.ring(),
                    JsonObject.of("duration_ms", millis(ring.duration()))
                            .with(
                                    "plugins",
                                    ring.hooks().stream()
                                            .map(LatencyViews::hook)
                                            .toList()));
        }
        JsonObject trace = JsonObject.of("req_id", request.traceId())
                .with("timestamp", request.at().toEpochMilli() / 1e3)
                .with("rings", new JsonObject(rings))
                .with("total_ms", millis(request.total()));
        for (Map.Entry<String, Duration> mark : request.marks().entrySet()) {
            trace = trace.with(mark.getKey() + "_ms", millis(mark.getValue()));
        }
        return trace;
    }

    private static JsonObject hook(HookStep hook) {
        return JsonObject.of("name", hook.plugin().value()).with("ms", millis(hook.duration()));
    }

    private static long sum(PluginView plugin, ToLongFunction<CallStatisticsView> value) {
        return plugin.statistics().stream().mapToLong(value).sum();
    }

    private static double total(PluginView plugin) {
        return plugin.statistics().stream()
                .mapToDouble(calls -> calls.mean() * calls.calls())
                .sum();
    }

    private static double average(PluginView plugin) {
        long calls = sum(plugin, CallStatisticsView::calls);
        return calls == 0 ? 0 : millis(total(plugin) / calls);
    }

    /** Of the slowest contribution, where a plugin has several. */
    private static JsonObject percentiles(PluginView plugin) {
        return percentiles(
                JsonObject.EMPTY,
                slowest(plugin, CallStatisticsView::p50),
                slowest(plugin, CallStatisticsView::p95),
                slowest(plugin, CallStatisticsView::p99));
    }

    private static double slowest(PluginView plugin, ToDoubleFunction<CallStatisticsView> percentile) {
        return plugin.statistics().stream().mapToDouble(percentile).max().orElse(0);
    }

    private static JsonObject percentiles(JsonObject before, double p50, double p95, double p99) {
        return before.with("p50", millis(p50)).with("p95", millis(p95)).with("p99", millis(p99));
    }

    private static double millis(Duration duration) {
        return millis(duration.toNanos() / 1_000.0);
    }

    /** To a tenth of a microsecond. */
    private static double millis(double micros) {
        return Math.round(micros * 10) / (10 * MICROS_IN_MILLI);
    }
}
