package dev.mortise.runtime.process.wire;

import dev.mortise.runtime.process.wire.goplugin.ConnInfo;
import dev.mortise.runtime.process.wire.yamux.ListenerChannel;
import dev.mortise.runtime.process.wire.yamux.StreamGate;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A broker whose connections are streams of the one that there is. Whoever dials knocks first: it says for which id the next
 * stream will be, and opens the stream when the other end has agreed. One after the other, since a stream does not say whom it is
 * for.
 */
public final class MultiplexedBroker extends Broker {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    private static final int MOST_EARLY = 100;

    /** A knock that has not been answered. */
    private record Knock(int id, CompletableFuture<ConnInfo.Knock> answer) {}

    private final MultiplexedConnection connection;
    private final Executor callbacks;
    private final Optional<MutualTls> tls;
    /** By id, of what is served; and when somebody knocked for what is not served yet. */
    private final Map<Integer, ListenerChannel> doors = new HashMap<>();

    private final Map<Integer, Long> early = new LinkedHashMap<>();
    private final ReentrantLock dialling = new ReentrantLock(true);
    private @Nullable Knock outstanding;

    public MultiplexedBroker(MultiplexedConnection connection, Transport transport, Optional<MutualTls> tls) {
        super(transport.callbacks());
        this.connection = connection;
        this.callbacks = transport.callbacks();
        this.tls = tls;
    }

    @Override
    void heard(ConnInfo info) {
        ConnInfo.Knock knock = info.getKnock();
        if (knock.getKnock() && !knock.getAck()) {
            knocked(info.getServiceId());
        } else if (knock.getAck()) {
            answered(info.getServiceId(), knock);
        }
    }

    /** Answered when something is served; whoever knocks waits for a while. */
    private synchronized void knocked(int id) {
        ListenerChannel door = doors.get(id);
        forgetEarly();
        if (door != null) {
            answer(id, door);
        } else if (early.size() < MOST_EARLY) {
            early.put(id, System.nanoTime());
        }
    }

    /** Whoever knocked so long ago does not wait any more. */
    private void forgetEarly() {
        long now = System.nanoTime();
        early.values().removeIf(since -> now - since > PATIENCE_NANOS);
    }

    private void answer(int id, ListenerChannel door) {
        if (!takesAnswers()) {
            return;
        }
        boolean agreed = connection.expect(door);
        ConnInfo.Knock.Builder answer =
                ConnInfo.Knock.newBuilder().setKnock(true).setAck(true);
        if (!agreed) {
            answer.setError("nothing is served under " + id + " any more, or more was agreed upon than opened");
        }
        boolean unused =
                tell(ConnInfo.newBuilder().setServiceId(id).setKnock(answer).build());
    }

    private void answered(int id, ConnInfo.Knock answer) {
        Knock waiting;
        synchronized (this) {
            waiting = outstanding;
        }
        boolean wanted =
                waiting != null && waiting.id() == id && waiting.answer().complete(answer);
        if (!wanted && answer.getError().isEmpty()) {
            connection.openInVain();
        }
    }

    @Override
    public void serve(int id, List<ServerServiceDefinition> services) throws IOException {
        ListenerChannel door = new ListenerChannel();
        Server server = connection.serve("broker id " + Integer.toUnsignedString(id), door, tls, services);
        keep(
                id,
                () -> {
                    synchronized (this) {
                        doors.remove(id, door);
                    }
                    server.shutdownNow();
                },
                null);
        synchronized (this) {
            doors.put(id, door);
            forgetEarly();
            if (early.remove(id) != null) {
                answer(id, door);
            }
        }
    }

    @Override
    public ManagedChannel dial(int id) throws IOException, InterruptedException {
        CompletableFuture<Void> first = new CompletableFuture<>();
        StreamGate gate = opening -> callbacks.execute(() -> pass(id, opening, first));
        ManagedChannel channel = keep(connection.channel("broker id " + Integer.toUnsignedString(id), gate, tls));
        channel.getState(true);
        try {
            first.get(3 * PATIENCE_SECONDS, TimeUnit.SECONDS);
            return channel;
        } catch (ExecutionException | TimeoutException e) {
            channel.shutdownNow();
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw cause instanceof IOException known ? known : new IOException(why(id), e);
        }
    }

    private static String why(int id) {
        return "the other end has not said within " + PATIENCE_SECONDS + " seconds that it serves "
                + Integer.toUnsignedString(id);
    }

    private void pass(int id, StreamGate.Opening opening, CompletableFuture<Void> first) {
        if (first.isCompletedExceptionally()) {
            // The channel has been given up, and tries once more before it notices.
            opening.refuse(new IOException(why(id)));
            return;
        }
        try {
            if (!dialling.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("timeout waiting for other connections to be made: " + why(id));
            }
            try {
                knock(id);
                opening.open().join();
                first.complete(null);
            } finally {
                dialling.unlock();
            }
        } catch (IOException e) {
            first.completeExceptionally(e);
            opening.refuse(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            IOException interrupted = new IOException("interrupted while waiting for the other end", e);
            first.completeExceptionally(interrupted);
            opening.refuse(interrupted);
        }
    }

    private void knock(int id) throws IOException, InterruptedException {
        Knock knock = new Knock(id, new CompletableFuture<>());
        synchronized (this) {
            outstanding = knock;
        }
        try {
            if (!tell(ConnInfo.newBuilder()
                    .setServiceId(id)
                    .setKnock(ConnInfo.Knock.newBuilder().setKnock(true))
                    .build())) {
                throw new IOException("the plugin is disconnected");
            }
            String error = answer(knock).getError();
            if (!error.isEmpty()) {
                throw new IOException("the other end does not serve " + Integer.toUnsignedString(id) + ": " + error);
            }
        } finally {
            synchronized (this) {
                outstanding = null;
            }
        }
    }

    private static ConnInfo.Knock answer(Knock knock) throws IOException, InterruptedException {
        try {
            return knock.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            if (knock.answer().cancel(false)) {
                throw new IOException("timeout waiting for the answer to a knock: " + why(knock.id()), e);
            }
            // It has come at the last moment.
            return knock.answer().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer cannot fail", e);
        }
    }
}
