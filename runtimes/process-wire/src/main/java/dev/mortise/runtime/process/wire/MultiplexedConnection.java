package dev.mortise.runtime.process.wire;

import dev.mortise.runtime.process.wire.yamux.ListenerChannel;
import dev.mortise.runtime.process.wire.yamux.StreamAddress;
import dev.mortise.runtime.process.wire.yamux.StreamChannel;
import dev.mortise.runtime.process.wire.yamux.StreamGate;
import dev.mortise.runtime.process.wire.yamux.YamuxException;
import dev.mortise.runtime.process.wire.yamux.YamuxLimits;
import dev.mortise.runtime.process.wire.yamux.YamuxSession;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one socket of a plugin whose host has asked for multiplexing. Each gRPC connection, in either direction, is a stream of
 * it, and has TLS of its own if the two ends use any. Closed with its transport. Safe for use by several threads.
 *
 * <p>A stream does not say whom it is for. It is for the plugin's own services, unless the two ends have agreed, just before
 * it was opened, that it is for something that a broker serves.
 */
public final class MultiplexedConnection {

    /** From the agreement to the stream; both ends do nothing else meanwhile. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int MOST_EXPECTED = 100;
    private static final long LONGEST_CLOSE_MILLIS = 1_000;

    /** A stream that was agreed upon. */
    private record Expected(ListenerChannel by, long since) {}

    private final Transport transport;
    private final EventLoop loop;
    private final YamuxSession session;
    private final Deque<Expected> expected = new ArrayDeque<>();
    private @Nullable ListenerChannel ownServices;
    private @Nullable Channel listening;
    private boolean taken;

    private MultiplexedConnection(Transport transport, boolean host) {
        this.transport = transport;
        this.loop = transport.loop();
        this.session = host
                ? YamuxSession.client(loop, YamuxLimits.STANDARD, this::next)
                : YamuxSession.server(loop, YamuxLimits.STANDARD, this::next);
        transport.closesWith(this::close);
    }

    /**
     * Connects to a plugin, at once: it does not wait long.
     *
     * @throws IOException if it cannot be reached
     */
    public static MultiplexedConnection connect(Transport transport, PluginAddress address, Duration timeout)
            throws IOException {
        MultiplexedConnection connection = new MultiplexedConnection(transport, true);
        int millis = (int) Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        Channel unused = done(
                transport.connect(connection.loop, address.socketAddress(), millis, new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel raw) {
                        connection.session.addTo(raw.pipeline());
                    }
                }),
                "cannot be connected to");
        return connection;
    }

    /** For a host that is yet to connect. */
    public static MultiplexedConnection ofPlugin(Transport transport) {
        return new MultiplexedConnection(transport, false);
    }

    /**
     * Waits for the host, and for nobody else: when it has connected, nothing listens any more.
     *
     * @param address whose port may be 0
     * @return where that is
     * @throws IOException if the address cannot be bound
     */
    public SocketAddress listen(SocketAddress address) throws IOException {
        Channel bound = done(
                transport.bind(loop, address, new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel raw) {
                        take(raw);
                    }
                }),
                "cannot be bound");
        synchronized (this) {
            listening = bound;
            if (taken) {
                bound.close();
            }
        }
        return bound.localAddress();
    }

    private synchronized void take(Channel raw) {
        Channel present = listening;
        if (present != null) {
            present.close();
        }
        if (taken) {
            raw.close();
        } else {
            taken = true;
            session.addTo(raw.pipeline());
        }
    }

    private static Channel done(ChannelFuture future, String what) throws IOException {
        Throwable cause = future.cause();
        if (cause != null) {
            throw new IOException("the plugin's socket " + what + ": " + cause.getMessage(), cause);
        }
        return future.channel();
    }

    /** Who takes the next stream that the other end opens. */
    private synchronized Optional<ListenerChannel> next() {
        long now = System.nanoTime();
        while (!expected.isEmpty()) {
            Expected first = expected.remove();
            if (now - first.since() <= PATIENCE_NANOS) {
                return Optional.of(first.by());
            }
        }
        return Optional.ofNullable(ownServices);
    }

    /** Agrees that the other end's next stream is for this listener. @return whether it may open one */
    synchronized boolean expect(ListenerChannel listener) {
        if (!listener.isActive() || expected.size() >= MOST_EXPECTED) {
            return false;
        }
        expected.add(new Expected(listener, System.nanoTime()));
        return true;
    }

    /** Completed when the socket is no more, with what was wrong, if anything was. There is never another one. */
    public CompletableFuture<Optional<YamuxException>> ended() {
        return session.ended();
    }

    /** A channel to the plugin's own services, that opens its stream when it is first used. */
    public ManagedChannel channel(Optional<MutualTls> tls) {
        return channel("the plugin's services", StreamGate.OPEN, tls);
    }

    /** @param gate lets each stream of the channel pass when the other end expects it */
    ManagedChannel channel(String name, StreamGate gate, Optional<MutualTls> tls) {
        return transport
                .channelBuilder(new StreamAddress(name), loop, tls)
                .channelFactory(() -> new StreamChannel(session, gate), StreamAddress.class)
                .withOption(ChannelOption.SO_KEEPALIVE, null)
                .build();
    }

    /** Serves the plugin's own services, as soon as its host has connected. */
    public Server serve(Optional<MutualTls> tls, List<ServerServiceDefinition> services) throws IOException {
        ListenerChannel listener = new ListenerChannel();
        Server server = serve("the plugin's services", listener, tls, services);
        synchronized (this) {
            ownServices = listener;
        }
        return server;
    }

    Server serve(String name, ListenerChannel listener, Optional<MutualTls> tls, List<ServerServiceDefinition> services)
            throws IOException {
        return transport
                .serverBuilder(new StreamAddress(name), loop, tls)
                .channelFactory(() -> listener)
                .withChildOption(ChannelOption.SO_KEEPALIVE, null)
                .addServices(services)
                .build()
                .start();
    }

    /** Opens a stream that the other end expects and nobody wants any more, so that no other one is taken for it. */
    void openInVain() {
        session.openInVain();
    }

    private void close() {
        if (loop.isShuttingDown()) {
            // Which closes everything on it.
            return;
        }
        synchronized (this) {
            Channel present = listening;
            if (present != null) {
                present.close();
            }
        }
        session.close();
        if (!loop.inEventLoop()) {
            // The streams tell those who use them that they have ended, and the threads for that are about to go.
            var unused = session.ended()
                    .completeOnTimeout(Optional.empty(), LONGEST_CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
