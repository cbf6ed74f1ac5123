package dev.mortise.server.metrics;

import dev.mortise.host.HostStatus;
import dev.mortise.host.Mortise;
import dev.mortise.server.events.EventStreams;
import dev.mortise.server.listen.AnswerCounts;
import dev.mortise.server.listen.Gate;
import dev.mortise.server.route.Counter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** All metrics of a host, its server and its process. */
public final class HostMetrics {

    private final Mortise host;
    private final Gate gate;
    private final EventStreams streams;
    private final AnswerCounts counts;
    private final Supplier<List<Counter>> others;

    /** @param others what applications of the host count */
    public HostMetrics(
            Mortise host, Gate gate, EventStreams streams, AnswerCounts counts, Supplier<List<Counter>> others) {
        this.others = others;
        this.host = host;
        this.gate = gate;
        this.streams = streams;
        this.counts = counts;
    }

    /** As of now. */
    public String text() {
        PrometheusText text = new PrometheusText();
        host(host.status(), text);
        PluginMetrics.write(host.plugins().list(), text);
        RingMetrics.write(host.rings().list(), text);
        server(text);
        ProcessMetrics.write(text);
        for (Counter counter : others.get()) {
            text.family(MetricType.COUNTER, counter.name(), counter.help()).sample(counter.value());
        }
        return text.toString();
    }

    private static void host(HostStatus status, PrometheusText text) {
        text.family(MetricType.GAUGE, "mortise_info", "One, with the host's version.")
                .sample(Map.of("version", status.version()), 1);
        text.family(MetricType.GAUGE, "mortise_phase", "1 for the phase that the host is in.");
        for (HostStatus.Phase phase : HostStatus.Phase.values()) {
            text.sample(Map.of("phase", phase.name().toLowerCase(Locale.ROOT)), phase == status.phase() ? 1 : 0);
        }
        text.family(MetricType.GAUGE, "mortise_generation", "The number of the live generation.")
                .sample(status.generation());
        text.family(MetricType.GAUGE, "mortise_start_time_seconds", "When the host started, since the epoch.")
                .sample(status.startedAt().toEpochMilli() / 1e3);
        text.family(MetricType.GAUGE, "mortise_calls_in_flight", "Calls into plugins at this moment.")
                .sample(status.inFlight());
        text.family(MetricType.GAUGE, "mortise_instances_leaked", "Stopped instances that something keeps in memory.")
                .sample(status.leaked());
    }

    private void server(PrometheusText text) {
        text.family(MetricType.COUNTER, "mortise_http_answers_total", "Requests answered, by status.");
        counts.byStatus().forEach((status, count) -> text.sample(Map.of("status", Integer.toString(status)), count));
        text.family(MetricType.GAUGE, "mortise_http_requests_in_flight", "Requests being worked on.")
                .sample(gate.inside());
        text.family(MetricType.GAUGE, "mortise_http_event_streams", "Event streams being read.")
                .sample(streams.count());
    }
}
