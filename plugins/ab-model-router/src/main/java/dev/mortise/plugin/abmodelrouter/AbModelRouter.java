package dev.mortise.plugin.abmodelrouter;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonObject;
import java.util.Locale;

/** Sends a share of the requests to another model, to compare the two. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class AbModelRouter implements Hook {

    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        String control = settings.controlModel();
        String variant = settings.variantModel();
        String requested = request.body().text("model").orElse("");
        boolean takesPart = requested.isEmpty() || requested.equals(control) || requested.equals(variant);
        if (control.isEmpty() || variant.isEmpty() || !takesPart) {
            return Decision.passthrough();
        }
        // The trace id differs with each request.
        String unit = settings.sticky() ? request.sessionId() : request.sessionId() + "/" + request.traceId();
        Arm arm = Arm.of(settings.experimentId(), unit, settings.splitPct());
        request.putMetadata(
                "_ab_meta",
                JsonObject.of("experiment_id", settings.experimentId())
                        .with("arm", arm.name().toLowerCase(Locale.ROOT))
                        .with("control", control)
                        .with("variant", variant));
        String chosen = switch (arm) {
            case CONTROL -> control;
            case VARIANT -> variant;
        };
        return Decision.modify(request.body().with("model", chosen));
    }

    record Settings(
            @Param("control_model") String controlModel,
            @Param("variant_model") String variantModel,
            @Param("split_pct") double splitPct,
            boolean sticky,
            @Param("experiment_id") String experimentId) {}
}
