package dev.mortise.runtime.process.wire;

import dev.mortise.runtime.process.wire.goplugin.ConnInfo;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** A broker whose connections have sockets of their own: whoever serves tells the other end where. */
public final class SocketBroker extends Broker {

    private final Transport transport;
    private final Optional<MutualTls> tls;
    private final SocketFolder sockets;

    public SocketBroker(Transport transport, Optional<MutualTls> tls, SocketFolder sockets) {
        super(transport.callbacks());
        this.transport = transport;
        this.tls = tls;
        this.sockets = sockets;
    }

    @Override
    void heard(ConnInfo info) {
        slot(info.getServiceId()).complete(info);
    }

    @Override
    public void serve(int id, List<ServerServiceDefinition> services) throws IOException {
        PluginAddress.Unix address = sockets.next();
        Server server = transport.serve(address, tls, services);
        try {
            sockets.opened(address);
        } catch (IOException e) {
            close(server, address);
            throw e;
        }
        keep(
                id,
                () -> close(server, address),
                ConnInfo.newBuilder()
                        .setServiceId(id)
                        .setNetwork(address.network())
                        .setAddress(address.address())
                        .build());
    }

    private static void close(Server server, PluginAddress.Unix address) {
        server.shutdownNow();
        try {
            Files.deleteIfExists(address.path());
        } catch (IOException e) {
            // The folder goes away as a whole later on.
        }
    }

    @Override
    public ManagedChannel dial(int id) throws IOException, InterruptedException {
        ConnInfo info = await(id, "timeout waiting for connection info");
        try {
            return keep(transport.channel(PluginAddress.of(info.getNetwork(), info.getAddress()), tls));
        } catch (IllegalArgumentException e) {
            throw new IOException("the other end serves " + id + " at an address of no use: " + e.getMessage(), e);
        }
    }
}
