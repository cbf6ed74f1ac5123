package dev.mortise.testkit;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.host.spi.StopSignal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs plugins without any code, in whose names a test emits the events that the plugin under test listens to. */
final class PeerRuntime implements PluginRuntime {

    static final String NAME = "testkit";

    private final Map<PluginId, PluginServices> peers = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    Optional<PluginServices> services(PluginId peer) {
        return Optional.ofNullable(peers.get(peer));
    }

    @Override
    public PluginInstance open(InstanceRequest request) {
        peers.put(request.manifest().id(), request.services());
        return new Peer();
    }

    private static final class Peer implements PluginInstance {

        @Override
        public @Nullable ClassLoader contextClassLoader() {
            return null;
        }

        @Override
        public StopSignal stopSignal() {
            return StopSignal.NONE;
        }

        @Override
        public Contributions load() {
            return Contributions.NONE;
        }

        @Override
        public Health health() {
            return Health.healthy();
        }

        @Override
        public boolean reconfigure(JsonObject config) {
            return true;
        }

        @Override
        public void unload() {
            // It has nothing.
        }

        @Override
        public List<Leftover> release() {
            return List.of();
        }

        @Override
        public boolean isCollected() {
            return true;
        }

        @Override
        public List<Leftover> remains() {
            return List.of();
        }
    }
}
