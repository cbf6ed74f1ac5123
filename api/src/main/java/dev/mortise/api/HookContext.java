package dev.mortise.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Optional;

/** One request on its way through a ring. Valid only during the call that it was given to. */
public interface HookContext {

    /** The ring that is running, such as {@code pre_flight}. */
    String ring();

    /** The message, as the hooks before this one left it. */
    JsonObject body();

    /** Present once there is a response: in rings that run after the service was called. */
    Optional<JsonObject> response();

    /** Identifies the conversation, so that a plugin can count within it. */
    String sessionId();

    /** What earlier hooks noted down for later ones. */
    Optional<JsonValue> metadata(String key);

    /** Notes something down for later hooks. Begin the key with the plugin's id to stay clear of others. */
    void putMetadata(String key, JsonValue value);

    /** The plugin's own store, as in {@link PluginContext#state}. */
    StateStore state();
}
