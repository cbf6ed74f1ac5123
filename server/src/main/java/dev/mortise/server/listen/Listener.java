package dev.mortise.server.listen;

import dev.mortise.server.problem.TransportProblems;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** The web server, set up to leave all answers to us. Owned by whoever opens it. */
final class Listener implements AutoCloseable {

    private final WebServer server;
    private final InetAddress address;
    private final AcceptHold hold;

    private Listener(WebServer server, InetAddress address, AcceptHold hold) {
        this.server = server;
        this.address = address;
        this.hold = hold;
    }

    /** Puts a web server together that is never started. */
    static void prepare() {
        try (ConnectionWatch idle =
                new ConnectionWatch(Duration.ofSeconds(1), Duration.ofSeconds(1), System::nanoTime)) {
            WebServer _ = WebServer.builder()
                    .shutdownHook(false)
                    .featuresDiscoverServices(false)
                    .protocolsDiscoverServices(false)
                    .addConnectionSelector(new EveryConnection(Http1Config.create(), idle))
                    .directHandlers(TransportProblems.handlers())
                    .routing(HttpRouting.builder())
                    .build();
        }
    }

    /** @throws UncheckedIOException if the port cannot be had */
    static Listener open(Endpoint endpoint, long maxBody, ConnectionWatch watch, Exchange exchange) {
        AcceptHold hold = new AcceptHold();
        WebServerConfig.Builder config = WebServer.builder()
                .address(endpoint.address())
                .port(endpoint.port())
                .maxTcpConnections(endpoint.maxConnections())
                .maxPayloadSize(maxBody)
                .connectionOptions(new WatchedSockets(watch, hold))
                // The watch sees to idle connections, and to slow ones as well.
                .idleConnectionTimeout(Duration.ofDays(365))
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new EveryConnection(http1(watch), watch))
                .directHandlers(TransportProblems.handlers())
                .routing(HttpRouting.builder().addFilter(exchange));
        endpoint.tls().ifPresent(config::tls);
        probe(endpoint);
        WebServer server = config.build().start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(
                    "cannot listen on " + endpoint.name() + "; the log has more", new BindException("no listener"));
        }
        return new Listener(server, endpoint.address(), hold);
    }

    /** The web server logs that it could not have its port, and tells nobody. */
    private static void probe(Endpoint endpoint) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(endpoint.address(), endpoint.port()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + endpoint.name() + ": " + e.getMessage(), e);
        }
    }

    private static Http1Config http1(ConnectionWatch watch) {
        return Http1Config.builder()
                // Its logs would hold tokens.
                .receiveLog(false)
                .sendLog(false)
                .maxPrologueLength(8 << 10)
                .maxHeadersSize(16 << 10)
                .addReceiveListener(new RequestHeads(watch))
                .build();
    }

    int port() {
        return server.port();
    }

    boolean isSecure() {
        return server.hasTls();
    }

    /** Ends every connection; what is being answered gets a second. */
    @Override
    public void close() {
        if (server.isRunning()) {
            hold.hold(address, port());
            server.stop();
        }
    }
}
