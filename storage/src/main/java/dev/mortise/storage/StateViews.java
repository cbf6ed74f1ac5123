package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateQuota;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The two views of each plugin's state, and what stands between them and the disk. Owned by the storage. */
final class StateViews implements AutoCloseable {

    private final PluginStates states;
    private final Clock clock;
    private final StateQuota quota;
    private final StateWriter writer;
    private final Map<PluginId, PluginBuffer> buffers = new ConcurrentHashMap<>();

    StateViews(PluginStates states, Clock clock, StateQuota quota) {
        this.states = states;
        this.clock = clock;
        this.quota = quota;
        writer = new StateWriter(states);
    }

    StateStore durable(PluginId plugin) {
        return new DurableStateStore(buffer(plugin), states.of(plugin));
    }

    StateStore buffered(PluginId plugin) {
        return new BufferedStateStore(buffer(plugin), states.of(plugin), clock);
    }

    private PluginBuffer buffer(PluginId plugin) {
        return buffers.computeIfAbsent(plugin, id -> new PluginBuffer(id, states, writer, quota));
    }

    void settle() {
        writer.settle();
    }

    void clear(PluginId plugin) {
        buffer(plugin).clear(() -> states.clear(plugin));
    }

    @Override
    public void close() {
        writer.close();
    }
}
