package dev.mortise.runtime.process.sdk;

import dev.mortise.api.HookContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.v1.RunHookRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request on its way through a ring, as the host sent it. For the thread of the hook. */
final class RemoteHookContext implements HookContext {

    private final RunHookRequest request;
    private final JsonObject body;
    private final StateStore state;
    private final Map<String, JsonValue> put = new LinkedHashMap<>();

    RemoteHookContext(RunHookRequest request, StateStore state) {
        this.request = request;
        this.body = JsonText.object(request.getBody());
        this.state = state;
    }

    @Override
    public String ring() {
        return request.getRing();
    }

    @Override
    public JsonObject body() {
        return body;
    }

    @Override
    public Optional<JsonObject> response() {
        return request.getResponse().isEmpty() ? Optional.empty() : Optional.of(JsonText.object(request.getResponse()));
    }

    @Override
    public String sessionId() {
        return request.getSessionId();
    }

    @Override
    public String traceId() {
        return request.getTraceId();
    }

    /** What this hook has asked the host to send along, and what it has noted down itself. */
    @Override
    public Map<String, JsonValue> metadata() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        request.getMetadataMap().forEach((key, value) -> all.put(key, JsonText.value(value)));
        all.putAll(put);
        return Collections.unmodifiableMap(all);
    }

    @Override
    public Optional<JsonValue> metadata(String key) {
        return Optional.ofNullable(put.get(key))
                .or(() -> Optional.ofNullable(request.getMetadataMap().get(key)).map(JsonText::value));
    }

    @Override
    public void putMetadata(String key, JsonValue value) {
        put.put(key, value);
    }

    Map<String, JsonValue> put() {
        return put;
    }

    @Override
    public StateStore state() {
        return state;
    }
}
