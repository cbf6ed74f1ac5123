package dev.mortise.plugin.latencyslaguard;

import dev.mortise.api.Param;
import java.math.BigDecimal;

/** What has been measured since the plugin was loaded. Safe for use by several threads. */
final class ServiceLevel {

    private final Samples totals;
    private final Samples firstTokens;
    private long requests;
    private long warnings;
    private long breaches;

    ServiceLevel(int window) {
        totals = new Samples(window);
        firstTokens = new Samples(window);
    }

    synchronized void record(Latency latency, Status status) {
        requests++;
        switch (status) {
            case OK -> {
                // Counted with the requests.
            }
            case WARNING -> warnings++;
            case BREACH -> breaches++;
        }
        if (latency.total().signum() > 0) {
            totals.add(latency.total());
        }
        latency.firstToken().ifPresent(firstTokens::add);
    }

    synchronized Report report(Targets targets) {
        return new Report(
                requests,
                warnings,
                breaches,
                firstTokens.percentiles(),
                totals.percentiles(),
                targets.firstToken(),
                targets.total(),
                targets.hardLimit());
    }

    /** Times are in milliseconds. */
    public record Report(
            @Param(
                    value = "total_requests",
                    description = "Since the plugin was loaded; answers out of a cache do not count")
            long requests,

            @Param(value = "sla_warnings", description = "Requests that missed a target")
            long warnings,

            @Param(value = "sla_breaches", description = "Requests that took longer than the hard limit")
            long breaches,

            @Param(value = "ttft_percentiles", description = "Of the time to the first token, over the window")
            Percentiles firstToken,

            @Param(value = "total_percentiles", description = "Of the total time, over the window")
            Percentiles total,

            @Param("ttft_p95_ms") BigDecimal firstTokenTarget,

            @Param("total_p95_ms") BigDecimal totalTarget,

            @Param("hard_limit_ms") BigDecimal hardLimit) {}
}
