package dev.mortise.server.metrics;

import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.CallStatisticsView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What the plugins do. Counts are those of the running instance and begin anew with each. */
final class PluginMetrics {

    private static final List<String> BREAKER_STATES = List.of("closed", "open", "half_open");
    private static final List<String> RETIRED_STATES = List.of("draining", "released", "leaked");

    private PluginMetrics() {}

    static void write(List<PluginView> plugins, PrometheusText text) {
        status(plugins, text);
        calls(plugins, text, "mortise_plugin_calls_total", "Calls into a plugin.", CallStatisticsView::calls);
        calls(plugins, text, "mortise_plugin_failures_total", "Calls that failed.", CallStatisticsView::failures);
        calls(
                plugins,
                text,
                "mortise_plugin_timeouts_total",
                "Calls that did not answer within their deadline.",
                CallStatisticsView::timeouts);
        calls(
                plugins,
                text,
                "mortise_plugin_refused_total",
                "Calls refused by the breaker or the concurrency limit.",
                CallStatisticsView::refused);
        durations(plugins, text);
        guards(plugins, text);
        retired(plugins, text);
    }

    private static void status(List<PluginView> plugins, PrometheusText text) {
        text.family(MetricType.GAUGE, "mortise_plugins", "Plugins by status.");
        for (PluginView.Status status : PluginView.Status.values()) {
            long count =
                    plugins.stream().filter(plugin -> plugin.status() == status).count();
            text.sample(Map.of("status", status.name().toLowerCase(Locale.ROOT)), count);
        }
        text.family(MetricType.GAUGE, "mortise_plugin_info", "One for each plugin, with its version and status.");
        for (PluginView plugin : plugins) {
            Map<String, String> labels = labels(plugin);
            labels.put("version", plugin.version());
            labels.put("status", plugin.status().name().toLowerCase(Locale.ROOT));
            text.sample(labels, 1);
        }
    }

    private static void calls(
            List<PluginView> plugins,
            PrometheusText text,
            String name,
            String help,
            ToLongFunction<CallStatisticsView> value) {
        text.family(MetricType.COUNTER, name, help);
        for (PluginView plugin : plugins) {
            for (CallStatisticsView statistics : plugin.statistics()) {
                text.sample(labels(plugin, statistics), value.applyAsLong(statistics));
            }
        }
    }

    private static void durations(List<PluginView> plugins, PrometheusText text) {
        text.family(MetricType.SUMMARY, "mortise_plugin_call_duration_seconds", "How long calls into a plugin take.");
        for (PluginView plugin : plugins) {
            for (CallStatisticsView statistics : plugin.statistics()) {
                Map<String, String> labels = labels(plugin, statistics);
                quantile(text, labels, "0.5", statistics.p50());
                quantile(text, labels, "0.9", statistics.p90());
                quantile(text, labels, "0.99", statistics.p99());
                quantile(text, labels, "1", statistics.max());
                text.sample("_count", labels, statistics.calls());
            }
        }
    }

    private static void quantile(PrometheusText text, Map<String, String> labels, String quantile, double micros) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put("quantile", quantile);
        text.sample(more, micros / 1e6);
    }

    private static void guards(List<PluginView> plugins, PrometheusText text) {
        text.family(MetricType.GAUGE, "mortise_plugin_in_flight", "Calls into a plugin at this moment.");
        plugins.forEach(plugin -> plugin.guard().ifPresent(guard -> text.sample(labels(plugin), guard.inFlight())));
        text.family(
                MetricType.GAUGE,
                "mortise_plugin_abandoned",
                "Calls that the host has given up on and that still hold a thread.");
        plugins.forEach(plugin -> plugin.guard().ifPresent(guard -> text.sample(labels(plugin), guard.abandoned())));
        text.family(MetricType.GAUGE, "mortise_plugin_breaker", "1 for the state that a plugin's breaker is in.");
        plugins.forEach(plugin ->
                plugin.guard().ifPresent(guard -> states(text, labels(plugin), BREAKER_STATES, guard.breaker())));
    }

    private static void states(PrometheusText text, Map<String, String> labels, List<String> states, String current) {
        for (String state : states) {
            Map<String, String> more = new LinkedHashMap<>(labels);
            more.put("state", state);
            text.sample(more, state.equals(current) ? 1 : 0);
        }
    }

    private static void retired(List<PluginView> plugins, PrometheusText text) {
        text.family(
                MetricType.GAUGE, "mortise_plugin_retired", "Earlier instances of a plugin that are still in memory.");
        for (PluginView plugin : plugins) {
            for (String state : RETIRED_STATES) {
                Map<String, String> labels = labels(plugin);
                labels.put("state", state);
                text.sample(
                        labels,
                        plugin.retired().stream()
                                .filter(retired -> retired.state().equals(state))
                                .count());
            }
        }
    }

    private static Map<String, String> labels(PluginView plugin) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("plugin", plugin.id().value());
        return labels;
    }

    private static Map<String, String> labels(PluginView plugin, CallStatisticsView statistics) {
        Map<String, String> labels = labels(plugin);
        labels.put("kind", statistics.kind());
        labels.put("contribution", statistics.contribution());
        return labels;
    }
}
