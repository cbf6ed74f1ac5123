package dev.mortise.runtime.process.sdk;

import dev.mortise.api.FunctionException;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.nio.file.Path;

/** What Mortise offers to a plugin that it runs. Safe for use by several threads; usable once the plugin is configured. */
public interface PluginHost {

    String pluginId();

    /** The configuration at this moment, defaults of the manifest included. */
    JsonObject config();

    /** Writes to the plugin's log in the host. */
    System.Logger logger();

    /** The plugin's own store, which survives swaps and restarts. */
    StateStore state();

    /** A directory that belongs to this plugin and survives upgrades. */
    Path dataDirectory();

    /**
     * Emits an event that the plugin declares.
     *
     * @throws IllegalArgumentException if it does not
     */
    void emit(String event, JsonObject payload);

    /**
     * Calls a function of any plugin. Made within a function of this plugin, on its thread, the call is a part of that
     * one: it sees the same plugins, and ends with it.
     *
     * @throws FunctionException with the callee's code if it fails or is refused
     */
    JsonValue call(String function, JsonObject params) throws FunctionException;
}
