package dev.mortise.testkit;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A real runtime, whose instances are kept at hand so that a test can reach what otherwise only the host calls.
 * Closes the runtime.
 */
final class ObservedRuntime implements PluginRuntime {

    private final PluginRuntime real;
    private final Map<PluginId, ConcurrentLinkedDeque<ObservedInstance>> instances = new ConcurrentHashMap<>();

    ObservedRuntime(PluginRuntime real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public PluginInstance open(InstanceRequest request) throws PluginStartException {
        InstanceRequest plain = new InstanceRequest(
                request.instance(),
                request.manifest(),
                request.digest(),
                request.root(),
                request.config(),
                request.services(),
                unwrapped(request.dependencies()),
                request.contracts());
        var siblings = instances.computeIfAbsent(request.manifest().id(), _ -> new ConcurrentLinkedDeque<>());
        ObservedInstance instance = new ObservedInstance(real.open(plain), request.services(), siblings::remove);
        siblings.add(instance);
        return instance;
    }

    /** A runtime knows its own instances, not what is wrapped around them. */
    private static SortedMap<PluginId, PluginInstance> unwrapped(SortedMap<PluginId, PluginInstance> dependencies) {
        SortedMap<PluginId, PluginInstance> plain = new TreeMap<>();
        dependencies.forEach((id, instance) ->
                plain.put(id, instance instanceof ObservedInstance observed ? observed.real() : instance));
        return plain;
    }

    /** The newest instance that has not been released: the live one, as those that fail to start are released. */
    Optional<ObservedInstance> live(PluginId plugin) {
        var siblings = instances.get(plugin);
        return siblings == null ? Optional.empty() : Optional.ofNullable(siblings.peekLast());
    }

    @Override
    public void close() {
        real.close();
    }
}
