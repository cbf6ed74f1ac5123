package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.Broker;
import dev.mortise.runtime.process.wire.HandshakeLine;
import dev.mortise.runtime.process.wire.MultiplexedBroker;
import dev.mortise.runtime.process.wire.MultiplexedConnection;
import dev.mortise.runtime.process.wire.MutualTls;
import dev.mortise.runtime.process.wire.PeerIdentity;
import dev.mortise.runtime.process.wire.SocketBroker;
import dev.mortise.runtime.process.wire.SocketFolder;
import dev.mortise.runtime.process.wire.Transport;
import dev.mortise.runtime.process.wire.goplugin.Empty;
import dev.mortise.runtime.process.wire.goplugin.GRPCControllerGrpc;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Serves gRPC services to a host of the go-plugin protocol, whatever language the host is written in. To be called first
 * thing in {@code main}:
 *
 * <pre>{@code
 * GoPluginServer.withCookie("BASIC_PLUGIN", "hello")
 *         .version(1, broker -> List.of(new GreeterService()))
 *         .serve();
 * }</pre>
 *
 * <p>What the program prints afterwards reaches the host over the connection; {@link #logger} writes to the host's log.
 */
public final class GoPluginServer {

    private static final int LARGEST_MESSAGE = Integer.MAX_VALUE;
    private static final int REFUSED = 1;

    /** Hosts give two seconds; what a plugin does after its server has ended must fit in. */
    private static final long LAST_MILLIS = 1_500;

    private final StandardStreams streams = new StandardStreams();
    private final String cookieKey;
    private final String cookieValue;
    private final SortedMap<Integer, Function<PluginBroker, List<BindableService>>> versions = new TreeMap<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);

    private GoPluginServer(String cookieKey, String cookieValue) {
        this.cookieKey = cookieKey;
        this.cookieValue = cookieValue;
    }

    /**
     * A server for hosts that set this variable to this value. From now on nothing but the protocol goes to the standard
     * output.
     */
    public static GoPluginServer withCookie(String key, String value) {
        GoPluginServer server = new GoPluginServer(key, value);
        server.streams.redirect();
        return server;
    }

    /**
     * Adds a version of what plugin and host say to each other; the highest that both know is served.
     *
     * @param services makes the plugin's own services; the protocol's are added
     */
    public GoPluginServer version(int version, Function<PluginBroker, List<BindableService>> services) {
        versions.put(version, services);
        return this;
    }

    /** Writes to the host's log. */
    public System.Logger logger(String name) {
        return new PluginLog(streams.error(), name);
    }

    /**
     * Serves until the host shuts the plugin down or has died, and returns then. Soon after that the process ends, even
     * if {@code main} does not.
     *
     * <p>Ends the process with status 1 if no host has started it.
     */
    public void serve() {
        StartRequest request = new StartRequest(System.getenv());
        if (!request.hasCookie(cookieKey, cookieValue)) {
            PrintStream error = streams.error();
            error.println("This program is a plugin. It is not meant to be run directly; a host starts it, and sets "
                    + cookieKey + " for it.");
            error.flush();
            Runtime.getRuntime().halt(REFUSED);
        }
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        try {
            serve(request);
        } catch (IOException e) {
            logger("mortise").log(System.Logger.Level.ERROR, "the plugin cannot listen: " + e.getMessage());
        }
        endSoon();
    }

    private void serve(StartRequest request) throws IOException {
        System.Logger log = logger("mortise");
        if (versions.isEmpty()) {
            throw new IllegalStateException("the plugin serves no version; call version(…) first");
        }
        int version = request.version(
                new TreeSet<>(versions.keySet()), text -> streams.error().println(text));
        Optional<PeerIdentity> identity =
                request.clientCertificate().map(pem -> PeerIdentity.create(Clock.systemUTC()));
        Optional<MutualTls> tls =
                identity.map(own -> tls(own, request.clientCertificate().orElseThrow(), log));
        Path folder = Path.of(request.socketFolder().orElseGet(() -> System.getProperty("java.io.tmpdir", "/tmp")));
        SocketFolder sockets =
                new SocketFolder(folder, "plugin" + ProcessHandle.current().pid() + "-");
        try (Transport transport = new Transport("plugin", LARGEST_MESSAGE)) {
            Optional<MultiplexedConnection> shared =
                    request.multiplexes() ? Optional.of(MultiplexedConnection.ofPlugin(transport)) : Optional.empty();
            try (Broker broker = shared.<Broker>map(one -> new MultiplexedBroker(one, transport, tls))
                    .orElseGet(() -> new SocketBroker(transport, tls, sockets))) {
                List<ServerServiceDefinition> services = services(version, broker);
                PluginListener.Binding binding = shared.isPresent()
                        ? shared(shared.get(), shared.get().serve(tls, services))
                        : address -> {
                            Server server = transport.serve(address, tls, services);
                            return new PluginListener.Bound(server, server.getPort());
                        };
                PluginListener listener = PluginListener.listen(request, sockets, binding);
                Thread watch = ParentWatch.start(shutdown::countDown);
                // The host's one connection is not followed by another.
                shared.ifPresent(one -> one.ended().thenRun(shutdown::countDown));
                streams.handshake(HandshakeLine.grpc(
                                version,
                                listener.address(),
                                identity.map(PeerIdentity::handshakeText),
                                request.asksForMultiplexing() ? Optional.of(shared.isPresent()) : Optional.empty())
                        .text());
                serveUntilShutdown(listener, watch);
            }
        }
    }

    /** The server's connections are streams of the one that the host makes. */
    private static PluginListener.Binding shared(MultiplexedConnection one, Server server) {
        return address -> new PluginListener.Bound(
                server, one.listen(address) instanceof InetSocketAddress bound ? bound.getPort() : -1);
    }

    private void serveUntilShutdown(PluginListener listener, Thread watch) {
        awaitShutdown();
        watch.interrupt();
        streams.printed().end();
        streams.printed().awaitRead(500, TimeUnit.MILLISECONDS);
        listener.server().shutdown();
        awaitQuiet(listener);
        listener.close();
    }

    private List<ServerServiceDefinition> services(int version, Broker broker) {
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus("plugin", ServingStatus.SERVING);
        List<BindableService> all = new ArrayList<>(List.of(
                health.getHealthService(),
                ProtoReflectionServiceV1.newInstance(),
                broker.service(),
                new StdioService(streams.printed()),
                new Controller()));
        all.addAll(Objects.requireNonNull(versions.get(version)).apply(new PluginBroker(broker)));
        return all.stream().map(BindableService::bindService).toList();
    }

    private static MutualTls tls(PeerIdentity own, String pem, System.Logger log) {
        try {
            return MutualTls.with(own, PeerIdentity.fromPem(pem));
        } catch (CertificateException e) {
            log.log(
                    System.Logger.Level.ERROR,
                    "the host's certificate cannot be read, so nobody can connect: " + e.getMessage());
            return MutualTls.trustingNobody(own);
        }
    }

    private void awaitShutdown() {
        try {
            shutdown.await();
        } catch (InterruptedException e) {
            // Whoever interrupts the main thread wants the plugin to end.
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the calls under way finish, the answer to Shutdown among them. */
    private static void awaitQuiet(PluginListener listener) {
        try {
            boolean unused = listener.server().awaitTermination(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endSoon() {
        Thread.ofPlatform().daemon().name("mortise-plugin-end").start(() -> {
            try {
                Thread.sleep(LAST_MILLIS);
            } catch (InterruptedException e) {
                // Then at once.
            }
            Runtime.getRuntime().halt(0);
        });
    }

    private final class Controller extends GRPCControllerGrpc.GRPCControllerImplBase {
        @Override
        public void shutdown(Empty request, StreamObserver<Empty> host) {
            host.onNext(Empty.getDefaultInstance());
            host.onCompleted();
            shutdown.countDown();
        }
    }
}
