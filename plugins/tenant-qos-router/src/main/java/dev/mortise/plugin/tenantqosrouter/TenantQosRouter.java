package dev.mortise.plugin.tenantqosrouter;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonString;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;

/** Gives callers of lower tiers a cheaper model than the one they ask for. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class TenantQosRouter implements Hook {

    private Logger log;
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        log = context.logger();
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        if (!settings.forceDowngrade()) {
            return Decision.passthrough();
        }
        String tier = Tier.of(request).orElse(settings.defaultTier());
        String target = settings.tierMapping().getOrDefault(tier, "");
        String requested = request.body().text("model").orElse("");
        if (target.isEmpty() || target.equals(requested)) {
            return Decision.passthrough();
        }
        request.putMetadata("_qos_original_model", new JsonString(requested));
        request.putMetadata("_qos_tier", new JsonString(tier));
        request.putMetadata("_routing_strategy", new JsonString("tenant_qos"));
        log.log(
                Level.INFO,
                "{0} instead of {1} for the tier {2} (trace {3})",
                target,
                requested,
                tier,
                request.traceId());
        return Decision.modify(
                request.body().with("model", target),
                "Model downgraded from " + requested + " to " + target + " (tier: " + tier + ")");
    }

    record Settings(
            @Param("default_tier") String defaultTier,
            @Param("force_downgrade") boolean forceDowngrade,
            @Param("tier_mapping") Map<String, String> tierMapping) {}
}
