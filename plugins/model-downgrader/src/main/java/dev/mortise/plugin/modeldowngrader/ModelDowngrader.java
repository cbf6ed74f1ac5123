package dev.mortise.plugin.modeldowngrader;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** Replaces the model of a simple prompt by a cheaper one. What is simple, the Prompt Complexity Scorer has noted down. */
public final class ModelDowngrader implements Hook {

    private static final int DECIMALS = 3;

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        Optional<BigDecimal> complexity = complexity(request);
        String model = request.body().text("model").orElse("");
        Optional<String> cheaper = Optional.ofNullable(settings.downgradeMap().get(model));
        if (complexity.isEmpty() || cheaper.isEmpty() || complexity.get().compareTo(settings.threshold()) >= 0) {
            return Decision.passthrough();
        }
        request.putMetadata("_original_model", new JsonString(model));
        request.putMetadata("_downgraded_to", new JsonString(cheaper.get()));
        request.putMetadata("_downgrade_reason", new JsonString(reason(complexity.get())));
        return Decision.modify(request.body().with("model", cheaper.get()));
    }

    private static Optional<BigDecimal> complexity(HookContext request) {
        return request.metadata("_prompt_complexity")
                .or(() -> request.metadata("_complexity_score"))
                .filter(JsonNumber.class::isInstance)
                .map(score -> ((JsonNumber) score).value());
    }

    private String reason(BigDecimal complexity) {
        return "complexity="
                + complexity.setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString() + "<"
                + settings.threshold().toPlainString();
    }

    /** @param downgradeMap the cheaper model, by model */
    record Settings(
            @Param("complexity_threshold") BigDecimal threshold,
            @Param("downgrade_map") Map<String, String> downgradeMap) {}
}
