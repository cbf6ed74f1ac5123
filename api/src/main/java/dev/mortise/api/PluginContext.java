package dev.mortise.api;

import dev.mortise.api.json.JsonValue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** What the host gives to one plugin instance. Safe for use by several threads; dead after unload. */
public interface PluginContext {

    String pluginId();

    String version();

    /** The configuration at this moment, defaults of the manifest included. */
    Config config();

    /** Writes to the plugin's log, which the host bounds, tags with the plugin's id and shows to operators. */
    System.Logger logger();

    /** The time to use instead of {@code Instant.now()}; tests move it. */
    Clock clock();

    /** The plugin's own store, which survives swaps and restarts. */
    StateStore state();

    /**
     * Emits an event whose type is a record annotated with {@link Event} and declared by {@link Emits}.
     *
     * @throws IllegalArgumentException if the record is not declared
     */
    void emit(Record event);

    /**
     * Calls a function of any plugin, in the same generation as the call that is under way.
     *
     * @param function a name such as {@code read}, or {@code host-probe.read} where the bare one is ambiguous
     * @param params a record, map or {@link JsonValue} that makes a JSON object
     * @throws FunctionException with the callee's code if it fails or is refused
     */
    JsonValue call(String function, Object params) throws FunctionException;

    /** A directory that belongs to this plugin and survives upgrades. */
    Path dataDirectory();

    /** Threads that carry the plugin's name and end with it. */
    ExecutorService executor();

    /** Registers something to be closed after {@link Plugin#onUnload}, last in first out. */
    <T extends AutoCloseable> T closeOnUnload(T resource);
}
