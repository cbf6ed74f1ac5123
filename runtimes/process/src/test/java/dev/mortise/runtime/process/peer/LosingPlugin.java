package dev.mortise.runtime.process.peer;

import dev.mortise.runtime.process.wire.HandshakeLine;
import dev.mortise.runtime.process.wire.MultiplexedConnection;
import dev.mortise.runtime.process.wire.PluginAddress;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import dev.mortise.runtime.process.wire.Transport;
import io.grpc.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Loses the one connection that it has with its host when it is told to, and runs on. */
public final class LosingPlugin {

    private LosingPlugin() {}

    public static void main(String[] arguments) throws Exception {
        PluginAddress.Unix address = new PluginAddress.Unix(Path.of(
                System.getenv(ProtocolVariable.UNIX_SOCKET_DIR),
                "p" + ProcessHandle.current().pid()));
        Transport transport = new Transport("losing", Integer.MAX_VALUE);
        MultiplexedConnection connection = MultiplexedConnection.ofPlugin(transport);
        Server unused = connection.serve(Optional.empty(), List.of());
        var bound = connection.listen(address.socketAddress());
        System.out.println(HandshakeLine.grpc(1, address, Optional.empty(), Optional.of(bound != null))
                .text());
        int told = System.in.read();
        transport.close();
        System.err.println("lost on " + told);
        new CountDownLatch(1).await();
    }
}
