package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.Broker;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.List;

/** Further connections between plugin and host, in both directions. Safe for use by several threads. */
public final class PluginBroker {

    private final Broker broker;

    PluginBroker(Broker broker) {
        this.broker = broker;
    }

    /**
     * Serves something for the host to call until the plugin ends.
     *
     * @return the id by which the host dials it, to be told to the host in a message of the plugin's own
     */
    public int serve(BindableService... services) throws IOException {
        int id = broker.nextId();
        broker.serve(
                id, List.of(services).stream().map(BindableService::bindService).toList());
        return id;
    }

    /**
     * A channel to what the host serves under an id; the caller shuts it down. Waits five seconds at most for the
     * host to say that it serves it; before that, where the host multiplexes, as long for its turn.
     */
    public ManagedChannel dial(int id) throws IOException, InterruptedException {
        return broker.dial(id);
    }
}
