package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A message that is to go through rings. Immutable; each method returns a changed copy.
 *
 * @param session identifies the conversation, so that hooks can count within it
 * @param caller on whose behalf
 * @param traceId 32 hexadecimal digits; by default a new one
 * @param metadata what the first hook finds noted down
 */
public record RingRequest<B>(
        B body,
        BodyType<B> type,
        String session,
        Actor caller,
        Optional<String> traceId,
        Map<String, JsonValue> metadata) {

    public RingRequest {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    public static RingRequest<JsonObject> of(JsonObject body) {
        return of(body, BodyType.JSON);
    }

    public static <B> RingRequest<B> of(B body, BodyType<B> type) {
        return new RingRequest<>(body, type, "default", Actor.EMBEDDER, Optional.empty(), Map.of());
    }

    public RingRequest<B> in(String newSession) {
        return new RingRequest<>(body, type, newSession, caller, traceId, metadata);
    }

    public RingRequest<B> by(Actor newCaller) {
        return new RingRequest<>(body, type, session, newCaller, traceId, metadata);
    }

    public RingRequest<B> traced(String id) {
        return new RingRequest<>(body, type, session, caller, Optional.of(id), metadata);
    }

    public RingRequest<B> with(Map<String, JsonValue> notes) {
        return new RingRequest<>(body, type, session, caller, traceId, notes);
    }
}
