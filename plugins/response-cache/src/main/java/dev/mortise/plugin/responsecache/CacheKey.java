package dev.mortise.plugin.responsecache;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What two requests must have in common to get the same response: the caller, whose model it is, and everything in the
 * request but how the response is delivered. A digest, so that no prompt is in it.
 */
final class CacheKey {

    private CacheKey() {}

    /** Empty if there is no prompt. */
    static Optional<String> of(HookContext request) {
        JsonObject body = request.body();
        boolean prompted = body.has("messages") || body.has("prompt");
        if (!body.has("model") || !prompted) {
            return Optional.empty();
        }
        JsonObject asked = body.without("stream").without("stream_options");
        return Optional.of(digest(tenant(request) + provider(request) + CanonicalJson.of(asked)));
    }

    /** As JSON text, so that it ends where the request begins. */
    private static JsonValue tenant(HookContext request) {
        return request.metadata("api_key")
                .map(key -> (JsonValue) JsonObject.of("api_key", key))
                .orElseGet(() -> JsonObject.of("session", new JsonString(request.sessionId())));
    }

    /** Providers may have models of the same name. As JSON text too; nothing where the gateway names none. */
    private static String provider(HookContext request) {
        return request.metadata("_resolved_provider").map(JsonValue::toString).orElse("");
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
