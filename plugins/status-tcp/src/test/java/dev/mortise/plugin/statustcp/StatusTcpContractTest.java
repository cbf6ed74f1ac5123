package dev.mortise.plugin.statustcp;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.StatusProviderContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The plugin in a host does what every provider of status does. */
class StatusTcpContractTest extends StatusProviderContract {

    private static ServerSocket server;
    private static int nobody;
    private static ServingHost host;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        host = ServingHost.of(
                StatusTcp.class,
                JsonObject.of("allow", List.of("127.0.0.1"))
                        .with("degraded_ms", 25_000)
                        .with("timeout_ms", 25_000));
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
        server.close();
    }

    @Override
    protected StatusProvider provider() {
        return host.service(StatusProvider.class);
    }

    private static Component at(String key, int port) {
        return Component.of(key, key, "tcp", Map.of("host", "127.0.0.1", "port", Integer.toString(port)));
    }

    @Override
    protected Component operational() {
        return at("well", server.getLocalPort());
    }

    @Override
    protected Component down() {
        return at("ill", nobody);
    }

    @Override
    protected Component senseless() {
        return Component.of("senseless", "Senseless", "tcp", Map.of());
    }
}
