package dev.mortise.runtime.process.wire;

import dev.mortise.runtime.process.wire.goplugin.ConnInfo;
import dev.mortise.runtime.process.wire.goplugin.GRPCBrokerGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Further connections between the two ends, in both directions. An end that wants to be called takes an id, listens
 * under it and tells the id to the other end in a message of its own; the other end dials it. Safe for use by several
 * threads.
 *
 * <p>Each end numbers for itself, so an id means a listener of the end that dials' peer. What has not been dialled five
 * seconds after it was announced is forgotten, as in every implementation of the protocol.
 */
public final class Broker implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;
    private static final int MOST_PENDING = 1_000;
    private static final int MOST_LISTENERS = 1_000;

    private final Transport transport;
    private final Optional<MutualTls> tls;
    private final SocketFolder sockets;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<ConnInfo>> announced = new LinkedHashMap<>();
    private final Map<Integer, Listener> listeners = new LinkedHashMap<>();
    private final List<ManagedChannel> dialled = new ArrayList<>();
    private @Nullable StreamObserver<ConnInfo> peer;
    private @Nullable Announcements current;
    private boolean closed;

    private record Listener(Server server, PluginAddress.Unix address) {
        void close() {
            server.shutdownNow();
            try {
                Files.deleteIfExists(address.path());
            } catch (IOException e) {
                // The folder goes away as a whole later on.
            }
        }
    }

    public Broker(Transport transport, Optional<MutualTls> tls, SocketFolder sockets) {
        this.transport = transport;
        this.tls = tls;
        this.sockets = sockets;
    }

    /** Connects to a plugin, as its host. */
    public void connectTo(GRPCBrokerGrpc.GRPCBrokerStub plugin) {
        Announcements incoming = new Announcements();
        incoming.connected(plugin.startStream(incoming));
    }

    /** Waits for a host, as its plugin. */
    public BindableService service() {
        return new GRPCBrokerGrpc.GRPCBrokerImplBase() {
            @Override
            public StreamObserver<ConnInfo> startStream(StreamObserver<ConnInfo> outgoing) {
                Announcements incoming = new Announcements();
                incoming.connected(outgoing);
                return incoming;
            }
        };
    }

    /** What the other end says on one stream. The last stream that was opened is the one to talk on. */
    private final class Announcements implements StreamObserver<ConnInfo> {

        private boolean ended;

        void connected(StreamObserver<ConnInfo> outgoing) {
            synchronized (Broker.this) {
                if (!ended) {
                    peer = outgoing;
                    current = this;
                }
            }
        }

        @Override
        public void onNext(ConnInfo info) {
            slot(info.getServiceId()).complete(info);
        }

        @Override
        public void onError(Throwable cause) {
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }

        private void end() {
            synchronized (Broker.this) {
                ended = true;
                if (current == this) {
                    peer = null;
                }
            }
        }
    }

    /** The place where announcement and dialling of an id meet; forgotten after a while. */
    private synchronized CompletableFuture<ConnInfo> slot(int id) {
        CompletableFuture<ConnInfo> present = announced.get(id);
        if (present != null) {
            return present;
        }
        CompletableFuture<ConnInfo> fresh = new CompletableFuture<>();
        if (closed || announced.size() >= MOST_PENDING) {
            fresh.completeExceptionally(new IOException(
                    closed ? "the plugin is disconnected" : "the other end announces more than it dials"));
            return fresh;
        }
        announced.put(id, fresh);
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS, transport.callbacks())
                .execute(() -> forget(id, fresh));
        return fresh;
    }

    private synchronized void forget(int id, CompletableFuture<ConnInfo> slot) {
        announced.remove(id, slot);
    }

    /** An id for {@link #serve}, to be told to the other end. */
    public int nextId() {
        return ids.incrementAndGet();
    }

    /**
     * Serves under an id until {@link #stop} or the end of the connection.
     *
     * @throws IOException if there is no connection, or the socket cannot be bound
     */
    public void serve(int id, List<ServerServiceDefinition> services) throws IOException {
        PluginAddress.Unix address = sockets.next();
        Listener listener = new Listener(transport.serve(address, tls, services), address);
        try {
            sockets.opened(address);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        synchronized (this) {
            if (listeners.size() < MOST_LISTENERS && !listeners.containsKey(id) && tell(id, address)) {
                listeners.put(id, listener);
                return;
            }
        }
        listener.close();
        throw new IOException("the broker cannot serve " + id
                + ": the other end is not connected, the id is in use, or " + MOST_LISTENERS + " are served already");
    }

    private boolean tell(int id, PluginAddress address) {
        StreamObserver<ConnInfo> outgoing = peer;
        if (closed || outgoing == null) {
            return false;
        }
        try {
            outgoing.onNext(ConnInfo.newBuilder()
                    .setServiceId(id)
                    .setNetwork(address.network())
                    .setAddress(address.address())
                    .build());
            return true;
        } catch (RuntimeException e) {
            // The stream has ended and nobody has said so yet.
            return false;
        }
    }

    /** Stops serving under an id; nothing happens if nobody does. */
    public void stop(int id) {
        Listener listener;
        synchronized (this) {
            listener = listeners.remove(id);
        }
        if (listener != null) {
            listener.close();
        }
    }

    /**
     * A channel to what the other end serves under an id; the caller shuts it down. Waits five seconds at most for the
     * other end to say where that is.
     *
     * @throws IOException if it does not, or names an address that cannot be dialled
     */
    public ManagedChannel dial(int id) throws IOException, InterruptedException {
        CompletableFuture<ConnInfo> slot = slot(id);
        ConnInfo info;
        try {
            info = slot.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "timeout waiting for connection info: the other end has not said within " + PATIENCE_SECONDS
                            + " seconds where it serves " + id,
                    e);
        } catch (ExecutionException e) {
            throw new IOException(slot.exceptionNow().getMessage(), e);
        } finally {
            forget(id, slot);
        }
        PluginAddress address;
        try {
            address = PluginAddress.of(info.getNetwork(), info.getAddress());
        } catch (IllegalArgumentException e) {
            throw new IOException("the other end serves " + id + " at an address of no use: " + e.getMessage(), e);
        }
        ManagedChannel channel = transport.channel(address, tls);
        synchronized (this) {
            dialled.removeIf(ManagedChannel::isShutdown);
            if (!closed) {
                dialled.add(channel);
                return channel;
            }
        }
        channel.shutdownNow();
        throw new IOException("the plugin is disconnected");
    }

    /** Ends the stream, all listeners and all channels. */
    @Override
    public void close() {
        List<Listener> served;
        List<ManagedChannel> channels;
        List<CompletableFuture<ConnInfo>> waiting;
        StreamObserver<ConnInfo> outgoing;
        synchronized (this) {
            closed = true;
            served = List.copyOf(listeners.values());
            channels = List.copyOf(dialled);
            waiting = List.copyOf(announced.values());
            outgoing = peer;
            listeners.clear();
            dialled.clear();
            announced.clear();
            peer = null;
        }
        waiting.forEach(slot -> slot.completeExceptionally(new IOException("the plugin is disconnected")));
        channels.forEach(ManagedChannel::shutdownNow);
        served.forEach(Listener::close);
        if (outgoing != null) {
            try {
                outgoing.onCompleted();
            } catch (RuntimeException e) {
                // The stream has ended by itself in the meantime.
            }
        }
    }
}
