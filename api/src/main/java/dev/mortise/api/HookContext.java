package dev.mortise.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way through a ring. Valid only during the call that it was given to. What a hook notes down counts
 * once its call has ended well; a hook that fails leaves nothing behind.
 */
public interface HookContext {

    /** The ring that is running, such as {@code pre_flight}. */
    String ring();

    /** The message, as the hooks before this one left it. */
    JsonObject body();

    /** Present once there is a response: in rings that run after the service was called. */
    Optional<JsonObject> response();

    /** Identifies the conversation, so that a plugin can count within it. */
    String sessionId();

    /** The same in every record that the host keeps of this request. */
    String traceId();

    /** What earlier hooks, or whoever runs the ring, noted down for later hooks. */
    Optional<JsonValue> metadata(String key);

    /** All of it, as it is now. */
    Map<String, JsonValue> metadata();

    /**
     * Notes something down for later hooks. Begin the key with the plugin's id to stay clear of others.
     *
     * @throws IllegalStateException with too much noted down already: 256 keys a request, 64 KiB of text a value
     */
    void putMetadata(String key, JsonValue value);

    /** The plugin's own store, as in {@link PluginContext#state}. */
    StateStore state();
}
