package dev.mortise.host.config;

import dev.mortise.api.json.JsonObject;

/**
 * One mistake in a configuration.
 *
 * @param key the key that it belongs to; empty if it belongs to the whole
 * @param pointer JSON Pointer to the exact place
 * @param absence whether something is not there that must be
 * @param message to be read after the key; never with the value in it
 */
public record ConfigError(String key, String pointer, boolean absence, String message) {

    JsonObject json() {
        return JsonObject.of("key", key).with("pointer", pointer).with("message", message);
    }
}
