package dev.mortise.plugin.modelratelimiter;

import dev.mortise.api.Decision;
import dev.mortise.api.Every;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.llmtext.Tenant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;

/** Limits how many requests a caller may send to a model within a window. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class ModelRateLimiter implements Hook {

    private Settings settings;
    private SlidingWindows windows;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
        windows = new SlidingWindows(context.state(), context.clock(), Duration.ofSeconds(settings.windowSeconds()));
    }

    @Override
    public Decision execute(HookContext request) {
        // Whoever names no model gets the service's own choice, which has a window like any other.
        String model = request.body().text("model").orElse("");
        int limit = settings.modelLimits().getOrDefault(model, settings.defaultRpm());
        return switch (windows.admit(Tenant.of(request), model, limit)) {
            case Admission.Admitted(int used) -> {
                if (!model.isEmpty()) {
                    request.putMetadata("_model_rpm_used", JsonNumber.of(used));
                    request.putMetadata("_model_rpm_limit", JsonNumber.of(limit));
                }
                yield Decision.passthrough();
            }
            case Admission.Refused(int used, Duration untilRoom) -> {
                request.putMetadata("_rate_limited_model", new JsonString(model));
                request.putMetadata("_rate_limit_rpm", JsonNumber.of(limit));
                yield Decision.block(
                        429,
                        "model_rate_limited",
                        "Rate limit exceeded for model '" + model + "': " + used + "/" + limit + " req/"
                                + settings.windowSeconds() + "s. Retry after " + seconds(untilRoom) + "s");
            }
        };
    }

    private static String seconds(Duration wait) {
        return BigDecimal.valueOf(wait.toMillis(), 3)
                .setScale(1, RoundingMode.UP)
                .toPlainString();
    }

    /** What is over is of no use any more, and callers and models come and go. */
    @Every("1m")
    public void forgetWhatIsOver() {
        windows.forgetWhatIsOver();
    }

    record Settings(
            @Param("default_rpm") int defaultRpm,
            @Param("window_seconds") int windowSeconds,
            @Param("model_limits") Map<String, Integer> modelLimits) {}
}
