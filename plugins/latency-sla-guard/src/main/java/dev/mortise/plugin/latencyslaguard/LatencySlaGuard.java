package dev.mortise.plugin.latencyslaguard;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Measures how long requests take, and notes down which targets they miss. */
public final class LatencySlaGuard implements Hook {

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Targets targets;

    @SuppressWarnings("NullAway.Init") // as above
    private Clock clock;

    @SuppressWarnings("NullAway.Init") // as above
    private ServiceLevel level;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        targets = settings.targets();
        clock = context.clock();
        level = new ServiceLevel(settings.windowSize());
    }

    @Override
    public Decision execute(HookContext request) {
        if (request.metadata("_cache_status")
                .filter(new JsonString("HIT")::equals)
                .isPresent()) {
            request.putMetadata("_sla_status", new JsonString("cached"));
            return Decision.passthrough();
        }
        Latency latency = latency(request);
        Verdict verdict = targets.judge(latency);
        level.record(latency, verdict.status());
        request.putMetadata("_latency_ms", new JsonNumber(latency.total()));
        latency.firstToken().ifPresent(time -> request.putMetadata("_ttft_ms", new JsonNumber(time)));
        request.putMetadata("_sla_status", new JsonString(verdict.status().label()));
        if (!verdict.violations().isEmpty()) {
            request.putMetadata("_sla_violations", JsonValue.of(verdict.violations()));
        }
        return Decision.passthrough();
    }

    private Latency latency(HookContext request) {
        Instant now = clock.instant();
        BigDecimal seconds = BigDecimal.valueOf(now.getEpochSecond()).add(BigDecimal.valueOf(now.getNano(), 9));
        return Latency.between(time(request, "_request_start_time"), time(request, "_ttft_time"), seconds);
    }

    /** In seconds since 1970. */
    private static Optional<BigDecimal> time(HookContext request, String key) {
        return request.metadata(key).filter(JsonNumber.class::isInstance).map(time -> ((JsonNumber) time).value());
    }

    @Rpc(
            description = "Tells how many requests missed the targets, and the percentiles of the last ones",
            idempotent = true)
    public ServiceLevel.Report slaStats() {
        return level.report(targets);
    }
}
