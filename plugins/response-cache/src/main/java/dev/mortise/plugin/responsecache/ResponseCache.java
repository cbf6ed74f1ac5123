package dev.mortise.plugin.responsecache;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import java.util.Optional;

/**
 * Answers a request that has been answered before: looks it up before the call, and keeps the response after it. What it
 * keeps is in memory only, and gone with the plugin.
 */
public final class ResponseCache implements Hook {

    private static final String KEY = "_cache_key";
    private static final String STATUS = "_cache_status";

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private CachedResponses responses;

    @Override
    public void onLoad(PluginContext context) {
        responses = new CachedResponses(context.config().as(Settings.class).limits(), context.clock());
    }

    @Override
    public Decision execute(HookContext request) {
        if (request.response().isEmpty()) {
            return lookUp(request);
        }
        keep(request, request.response().get());
        return Decision.passthrough();
    }

    private Decision lookUp(HookContext request) {
        CacheControl control = CacheControl.of(request);
        // Others may have the same masked prompt and other values behind it.
        if (control.forbidsKeeping() || isMasked(request)) {
            request.putMetadata(STATUS, new JsonString("BYPASS"));
            return Decision.passthrough();
        }
        Optional<String> key = CacheKey.of(request);
        if (key.isEmpty()) {
            return Decision.passthrough();
        }
        if (control.asksForFreshOne()) {
            request.putMetadata(KEY, new JsonString(key.get()));
            request.putMetadata(STATUS, new JsonString("BYPASS"));
            return Decision.passthrough();
        }
        Optional<JsonObject> known = responses.find(key.get());
        request.putMetadata(STATUS, new JsonString(known.isPresent() ? "HIT" : "MISS"));
        if (known.isEmpty()) {
            request.putMetadata(KEY, new JsonString(key.get()));
        }
        return known.map(Decision::respond).orElse(Decision.passthrough());
    }

    private void keep(HookContext request, JsonObject response) {
        if (request.metadata(KEY).orElse(null) instanceof JsonString(String key)
                && !isMasked(request)
                && Verdicts.foundNoFault(request)
                && Completeness.of(response)) {
            responses.keep(key, response);
        }
    }

    private static boolean isMasked(HookContext request) {
        return request.metadata("pii_masked").filter(JsonBoolean.TRUE::equals).isPresent();
    }

    @Rpc(description = "Tells how much is in the cache and how often it helped", idempotent = true)
    public CachedResponses.Report cacheStats() {
        return responses.report();
    }

    @Rpc(description = "Forgets all responses", idempotent = true)
    public Cleared clearCache() {
        return new Cleared(responses.clear());
    }

    public record Cleared(
            @Param(description = "How many responses there were")
            int entries) {}
}
