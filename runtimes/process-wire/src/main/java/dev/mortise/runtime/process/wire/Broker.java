package dev.mortise.runtime.process.wire;

import dev.mortise.runtime.process.wire.goplugin.ConnInfo;
import dev.mortise.runtime.process.wire.goplugin.GRPCBrokerGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
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
public abstract sealed class Broker implements AutoCloseable permits SocketBroker, MultiplexedBroker {

    static final long PATIENCE_SECONDS = 5;
    private static final int MOST_PENDING = 1_000;
    private static final int MOST_LISTENERS = 1_000;

    private final Executor callbacks;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<ConnInfo>> announced = new LinkedHashMap<>();
    private final Map<Integer, Listener> listeners = new LinkedHashMap<>();
    private final List<ManagedChannel> dialled = new ArrayList<>();
    private @Nullable StreamObserver<ConnInfo> peer;
    private @Nullable Announcements current;
    private boolean closed;

    /** Something that is served under an id, and how it is ended. */
    @FunctionalInterface
    interface Listener {
        void close();
    }

    /** @param callbacks where waiting is done */
    Broker(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** Connects to a plugin, as its host. */
    public final void connectTo(GRPCBrokerGrpc.GRPCBrokerStub plugin) {
        Announcements incoming = new Announcements();
        incoming.connected(plugin.startStream(incoming));
    }

    /** Waits for a host, as its plugin. */
    public final BindableService service() {
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
            heard(info);
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

    /** The other end has said something about an id. */
    abstract void heard(ConnInfo info);

    /** The place where announcement and dialling of an id meet; forgotten after a while. */
    final synchronized CompletableFuture<ConnInfo> slot(int id) {
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
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS, callbacks)
                .execute(() -> forget(id, fresh));
        return fresh;
    }

    private synchronized void forget(int id, CompletableFuture<ConnInfo> slot) {
        announced.remove(id, slot);
    }

    /** An id for {@link #serve}, to be told to the other end. */
    public final int nextId() {
        return ids.incrementAndGet();
    }

    /**
     * Serves under an id until {@link #stop} or the end of the connection.
     *
     * @throws IOException if there is no connection, or nothing can be served
     */
    public abstract void serve(int id, List<ServerServiceDefinition> services) throws IOException;

    /** Keeps a listener until it is stopped, if the other end can be told of it. */
    final void keep(int id, Listener listener, @Nullable ConnInfo announcement) throws IOException {
        synchronized (this) {
            if (listeners.size() < MOST_LISTENERS
                    && !listeners.containsKey(id)
                    && (announcement == null ? !closed : tell(announcement))) {
                listeners.put(id, listener);
                return;
            }
        }
        listener.close();
        throw new IOException("the broker cannot serve " + id
                + ": the other end is not connected, the id is in use, or " + MOST_LISTENERS + " are served already");
    }

    /** Whether the other end takes what it is told. What it does not take is kept, so one that does not is not to be answered. */
    final synchronized boolean takesAnswers() {
        return !(peer instanceof CallStreamObserver<?> outgoing) || outgoing.isReady();
    }

    /** @return whether there was somebody to be told */
    final synchronized boolean tell(ConnInfo info) {
        StreamObserver<ConnInfo> outgoing = peer;
        if (closed || outgoing == null) {
            return false;
        }
        try {
            outgoing.onNext(info);
            return true;
        } catch (RuntimeException e) {
            // The stream has ended and nobody has said so yet.
            return false;
        }
    }

    /** Stops serving under an id; nothing happens if nobody does. */
    public final void stop(int id) {
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
     * other end to say where that is; before that, where connections share a socket, as long for its turn.
     *
     * @throws IOException if it does not, or names an address that cannot be dialled
     */
    public abstract ManagedChannel dial(int id) throws IOException, InterruptedException;

    /**
     * Waits for what the other end says about an id.
     *
     * @param what it is to say, for the message of the exception
     */
    final ConnInfo await(int id, String what) throws IOException, InterruptedException {
        CompletableFuture<ConnInfo> slot = slot(id);
        try {
            return slot.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    what + ": the other end has not said within " + PATIENCE_SECONDS + " seconds where it serves " + id,
                    e);
        } catch (ExecutionException e) {
            throw new IOException(slot.exceptionNow().getMessage(), e);
        } finally {
            forget(id, slot);
        }
    }

    /** Keeps a channel until the broker is closed, or it is shut down itself. */
    final ManagedChannel keep(ManagedChannel channel) throws IOException {
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
    public final void close() {
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
