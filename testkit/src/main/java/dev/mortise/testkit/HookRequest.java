package dev.mortise.testkit;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a hook to decide about. Immutable; each method returns a changed copy.
 *
 * @param ring where the plugin has hooks in several; by default its only one
 * @param metadata what earlier hooks have noted down
 */
public record HookRequest(
        Optional<String> ring,
        JsonObject body,
        Optional<JsonObject> response,
        String session,
        Map<String, JsonValue> metadata) {

    public HookRequest {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** @param body a JSON object as text */
    public static HookRequest body(String body) {
        return body(Json.object(body));
    }

    public static HookRequest body(JsonObject body) {
        return new HookRequest(Optional.empty(), body, Optional.empty(), "test-session", Map.of());
    }

    public HookRequest ring(String name) {
        return new HookRequest(Optional.of(name), body, response, session, metadata);
    }

    /** What the service has answered, for rings that run afterwards. */
    public HookRequest response(JsonObject answer) {
        return new HookRequest(ring, body, Optional.of(answer), session, metadata);
    }

    public HookRequest response(String answer) {
        return response(Json.object(answer));
    }

    public HookRequest session(String id) {
        return new HookRequest(ring, body, response, id, metadata);
    }

    public HookRequest metadata(String key, @Nullable Object value) {
        Map<String, JsonValue> copy = new LinkedHashMap<>(metadata);
        copy.put(key, JsonValue.of(value));
        return new HookRequest(ring, body, response, session, copy);
    }
}
