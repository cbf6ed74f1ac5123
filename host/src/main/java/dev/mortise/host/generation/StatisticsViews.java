package dev.mortise.host.generation;

import dev.mortise.host.PluginView.CallStatisticsView;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.guard.CallStatistics;
import dev.mortise.host.guard.LatencySummary;
import java.time.Duration;

/** A guard's figures as the host's operations show them. */
final class StatisticsViews {

    private StatisticsViews() {}

    static CallStatisticsView of(CallGuard guard) {
        CallStatistics figures = guard.statistics();
        LatencySummary latency = figures.latency();
        return new CallStatisticsView(
                figures.callee().kind().label(),
                figures.callee().name(),
                figures.calls(),
                figures.failures(),
                figures.timeouts(),
                figures.refused(),
                micros(latency.mean()),
                micros(latency.p50()),
                micros(latency.p90()),
                micros(latency.p95()),
                micros(latency.p99()),
                micros(latency.max()));
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1_000.0;
    }
}
