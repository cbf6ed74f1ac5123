package dev.mortise.host.generation;

import dev.mortise.host.Generations;
import dev.mortise.host.Plugins;
import dev.mortise.host.Services;
import dev.mortise.host.Tokens;
import dev.mortise.host.Traces;
import dev.mortise.host.Webhooks;
import dev.mortise.host.access.AuditTrail;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.ring.RingRunner;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.PluginRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a host is made of, and what it has to give back in the end.
 *
 * @param temporary a folder that the host made for itself and deletes
 */
record HostParts(
        Plugins plugins,
        FunctionCalls functions,
        Generations history,
        EventBus events,
        Traces traces,
        DispatchPoints points,
        RingCalls rings,
        Services services,
        Webhooks webhooks,
        RingRunner runner,
        Tokens tokens,
        AuditTrail audit,
        Current current,
        ChangeEngine engine,
        Retirement retirement,
        Probation probation,
        Guards guards,
        SortedMap<String, PluginRuntime> runtimes,
        HostStorage storage,
        Optional<Path> temporary,
        Instant startedAt) {

    private static final System.Logger LOG = System.getLogger(HostParts.class.getName());

    /** Gives everything back, the storage last, even if a runtime cannot. */
    void release() {
        runtimes.values().forEach(HostParts::close);
        runner.close();
        guards.close();
        events.close();
        storage.close();
        temporary.ifPresent(folder -> {
            try {
                Trees.delete(folder);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "the temporary folder " + folder + " is left behind", e);
            }
        });
    }

    private static void close(PluginRuntime runtime) {
        try {
            runtime.close();
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the runtime " + runtime.name() + " could not be closed, and may have left something behind",
                    e);
        }
    }
}
