package dev.mortise.testkit;

import dev.mortise.api.HookContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A test's request as the hook sees it. */
final class RequestContext implements HookContext {

    private final String ring;
    private final HookRequest request;
    private final StateStore state;
    private final Map<String, JsonValue> metadata;

    RequestContext(String ring, HookRequest request, StateStore state) {
        this.ring = ring;
        this.request = request;
        this.state = state;
        this.metadata = new ConcurrentHashMap<>(request.metadata());
    }

    Map<String, JsonValue> notes() {
        return metadata;
    }

    @Override
    public String ring() {
        return ring;
    }

    @Override
    public JsonObject body() {
        return request.body();
    }

    @Override
    public Optional<JsonObject> response() {
        return request.response();
    }

    @Override
    public String sessionId() {
        return request.session();
    }

    @Override
    public String traceId() {
        return "0123456789abcdef0123456789abcdef";
    }

    @Override
    public Map<String, JsonValue> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public Optional<JsonValue> metadata(String key) {
        return Optional.ofNullable(metadata.get(key));
    }

    @Override
    public void putMetadata(String key, JsonValue value) {
        metadata.put(key, value);
    }

    @Override
    public StateStore state() {
        return state;
    }
}
