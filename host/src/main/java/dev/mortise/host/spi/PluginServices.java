package dev.mortise.host.spi;

import dev.mortise.api.FunctionException;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.nio.file.Path;
import java.time.Clock;

/** What the host offers to one plugin instance, in terms that every runtime can carry across its boundary. */
public interface PluginServices {

    /** Bounded, and tagged with the plugin. */
    System.Logger logger();

    Clock clock();

    StateStore state();

    /** Emits an event in the plugin's name. Never blocks; a host under pressure drops and counts. */
    void emit(String event, JsonObject payload);

    /** Calls a function of any plugin, in the generation and within the deadline of the call under way. */
    JsonValue call(String function, JsonObject params) throws FunctionException;

    /** Made on first use. */
    Path dataDirectory();
}
