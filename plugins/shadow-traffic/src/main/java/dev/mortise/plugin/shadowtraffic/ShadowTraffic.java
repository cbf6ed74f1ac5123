package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.Decision;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks a second model what a client has asked the first one, once the client has its response, and keeps how the two
 * compare. The client never notices.
 */
public final class ShadowTraffic implements Hook {

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private PluginContext context;

    @SuppressWarnings("NullAway.Init") // as above
    private Settings settings;

    @SuppressWarnings("NullAway.Init") // as above
    private ComparisonLog comparisons;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
        settings = given.config().as(Settings.class);
        comparisons = new ComparisonLog(given.state(), settings.maxComparisons());
        comparisons.trim();
        if (settings.shadowModel().isEmpty()) {
            given.logger().log(System.Logger.Level.WARNING, "there is no shadow_model, so no shadow traffic");
        }
    }

    @Override
    public Decision execute(HookContext request) {
        boolean wanted = !settings.shadowModel().isEmpty()
                && request.metadata("_blocked").filter(JsonBoolean.TRUE::equals).isEmpty()
                && !ChatMessage.in(request.body()).isEmpty()
                && new Sample(settings.sampleRate()).holds(request.traceId());
        if (wanted) {
            compare(request);
        }
        return Decision.passthrough();
    }

    private void compare(HookContext request) {
        Original original = new Original(request);
        Instant start = context.clock().instant();
        Comparison comparison = new Comparison(original, settings, start);
        try {
            JsonValue answer =
                    context.call(settings.function(), JsonObject.of("request", settings.shadowRequest(request.body())));
            Duration took = Duration.between(start, context.clock().instant());
            comparisons.add(comparison.answered(answer instanceof JsonObject object ? object : JsonObject.EMPTY, took));
        } catch (FunctionException e) {
            // What the function itself says, where it was reached.
            String error = e.details().text("error").orElse(e.code());
            context.logger().log(System.Logger.Level.WARNING, "{0} did not answer: {1}", settings.shadowModel(), error);
            comparisons.add(comparison.failed(error));
        }
    }

    @Rpc(description = "Tells how the shadow model compared, newest first", idempotent = true)
    public JsonArray comparisons(
            @Param(defaultValue = "20", description = "How many at most", min = 1, max = 1000) int limit) {
        return new JsonArray(comparisons.newest(limit));
    }
}
