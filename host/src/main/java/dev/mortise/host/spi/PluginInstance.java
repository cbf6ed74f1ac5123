package dev.mortise.host.spi;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plugin in its runtime. The host calls {@link #load} first and once, then the handlers, and {@link #unload} and
 * {@link #release} last; each of them, and every handler, on threads of the plugin's own and under its guard, but for
 * {@link #runsOnCallersThreads} and for hooks that are {@link Contributions.Hook#stoppable}.
 */
public interface PluginInstance {

    /** For the context class loader of threads that run this plugin, or null where it has none. */
    @Nullable
    ClassLoader contextClassLoader();

    /**
     * What the plugin is kept in. Known before {@link #load}, so that a plugin that demands more is never started.
     *
     * @return empty if it runs in the host's own memory
     */
    default Optional<Isolation> isolation() {
        return Optional.empty();
    }

    /** Makes threads leave the plugin's code. */
    StopSignal stopSignal();

    /**
     * Whether the handlers of functions run on the threads of their callers. An instance may say so if its handlers run no
     * code of the plugin in this process, and return by themselves when the call's deadline has come or their thread is
     * interrupted; a call then changes threads no more than it must.
     */
    default boolean runsOnCallersThreads() {
        return false;
    }

    /**
     * Runs the plugin's own start-up.
     *
     * @throws Exception whatever the plugin threw, or a {@link PluginStartException} with a reason for a person
     */
    Contributions load() throws Exception;

    Health health() throws Exception;

    /**
     * Offers a new configuration.
     *
     * @return whether the running instance has taken it over; otherwise the host starts a new one
     */
    boolean reconfigure(JsonObject config) throws Exception;

    /** Runs the plugin's own shut-down. */
    void unload() throws Exception;

    /**
     * Frees everything that the instance holds, also after a failed load. Runs no code of the plugin where it can be
     * avoided, and never throws.
     *
     * @return what had been left behind, cleaned up or not
     */
    List<Leftover> release();

    /** Whether a released instance is gone from memory, with all its classes. */
    boolean isCollected();

    /** What keeps a released instance in memory, as far as it can be found; empty before a collector has tried. */
    List<Leftover> remains();
}
