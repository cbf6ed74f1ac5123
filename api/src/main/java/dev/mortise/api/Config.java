package dev.mortise.api;

import dev.mortise.api.json.JsonObject;

/** A plugin's configuration: the manifest's defaults with the operator's values on top. Immutable. */
public interface Config {

    JsonObject json();

    /**
     * Binds the configuration to a record of the plugin.
     *
     * @throws IllegalArgumentException naming the key that does not fit
     */
    <T extends Record> T as(Class<T> type);
}
