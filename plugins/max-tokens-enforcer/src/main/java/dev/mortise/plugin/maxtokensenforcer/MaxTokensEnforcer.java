package dev.mortise.plugin.maxtokensenforcer;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Holds the number of tokens that a request may ask for under a ceiling. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class MaxTokensEnforcer implements Hook {

    private static final String MAX_TOKENS = "max_tokens";

    /** The second is the name that the first has in newer models; one of them alone would be a way round. */
    private static final List<String> KEYS = List.of(MAX_TOKENS, "max_completion_tokens");

    private Logger log;
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        log = context.logger();
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        JsonObject body = request.body();
        JsonObject changed = body;
        for (String key : KEYS) {
            if (body.get(key).filter(this::isTooMuch).isPresent()) {
                logClamp(key, request);
                changed = changed.with(key, settings.ceiling());
            }
        }
        if (settings.injectDefault() && KEYS.stream().noneMatch(key -> isGiven(body, key))) {
            changed = changed.with(MAX_TOKENS, settings.ceiling());
        }
        return changed.equals(body) ? Decision.passthrough() : Decision.modify(changed);
    }

    private boolean isTooMuch(JsonValue requested) {
        return TokenLimit.exceeds(requested, settings.ceiling());
    }

    private static boolean isGiven(JsonObject body, String key) {
        return body.get(key).filter(value -> !value.equals(JsonNull.NULL)).isPresent();
    }

    private void logClamp(String key, HookContext request) {
        if (settings.logClamp()) {
            log.log(
                    Level.WARNING,
                    "lowered {0} to {1} (trace {2})",
                    key,
                    Integer.toString(settings.ceiling()),
                    request.traceId());
        }
    }

    record Settings(
            int ceiling,
            @Param("inject_default") boolean injectDefault,
            @Param("log_clamp") boolean logClamp) {}
}
