package dev.mortise.host.spi;

import dev.mortise.api.json.JsonObject;

/** A plugin cannot be started. The message says why and what to do, for a person; it keeps no class of the plugin. */
public final class PluginStartException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient JsonObject details;

    public PluginStartException(String message) {
        this(message, JsonObject.EMPTY);
    }

    /** @param details for programs; they become those of the problem that is reported */
    public PluginStartException(String message, JsonObject details) {
        super(message);
        this.details = details;
    }

    public JsonObject details() {
        return details;
    }
}
