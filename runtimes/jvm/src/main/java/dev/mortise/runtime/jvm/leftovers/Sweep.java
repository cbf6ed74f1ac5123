package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through all corners of the JVM after a plugin. Made when the runtime is, because it remembers what the JVM's
 * defaults were before any plugin could change them. Safe for use by several threads.
 */
public final class Sweep {

    private final JdkInternals internals = new JdkInternals();
    private final List<Broom> brooms;

    public Sweep() {
        brooms = List.of(
                // Threads first: they could put back what is taken away.
                new ThreadBroom(internals, new VirtualThreads(), new JdkWorkers(internals)),
                new ShutdownHookBroom(internals),
                new JdbcDriverBroom(),
                new MBeanBroom(),
                new LogHandlerBroom(),
                new ExceptionHandlerBroom(),
                new SecurityProviderBroom(),
                new NetworkDefaultBroom(),
                new SystemPropertyBroom(),
                new ThreadLocalBroom(internals),
                new CacheBroom());
    }

    /** What to tell an operator where nothing was found although something is there. */
    String advice() {
        return internals.advice();
    }

    /**
     * Finds and cleans. Runs no code of the plugin but what threads of its own run when they are told to end.
     *
     * @param patience how long to wait for such threads
     */
    public List<Leftover> after(PluginClassLoader plugin, Duration patience) {
        List<Leftover> found = new ArrayList<>();
        for (Broom broom : brooms) {
            try {
                found.addAll(broom.sweep(plugin, patience));
            } catch (NoClassDefFoundError e) {
                // The module is not part of this JVM, so nothing can be in it.
            } catch (RuntimeException | LinkageError e) {
                found.add(broom.kind().remaining("cannot be looked for: " + e));
            }
        }
        return List.copyOf(found);
    }
}
