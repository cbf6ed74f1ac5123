package dev.mortise.server.listen;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose other side is too slow: with a request's head, with its body, in taking the answer, or in
 * sending the next request. A limit on single reads would not do, for a byte now and then keeps within it. Owned by the
 * listener. Safe for use by several threads.
 */
final class ConnectionWatch implements AutoCloseable {

    /** A byte now and then is no progress; so many, in bytes, are. */
    static final int PIECE = 16 << 10;

    private static final System.Logger LOG = System.getLogger(ConnectionWatch.class.getName());
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Map<SocketAddress, Watched> connections = new ConcurrentHashMap<>();
    private final LongSupplier nanoClock;
    private final Duration patience;
    private final Duration idle;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("mortise-http-watch").factory());

    /**
     * @param patience for a head, and for each {@link #PIECE} of a body or an answer
     * @param idle how long a connection may wait for its next request
     */
    ConnectionWatch(Duration patience, Duration idle, LongSupplier nanoClock) {
        this.patience = patience;
        this.idle = idle;
        this.nanoClock = nanoClock;
        long period = Math.clamp(patience.toMillis() / 4, 10, 500);
        ScheduledFuture<?> _ = sweeper.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
    }

    /** From here on the connection is watched; its first request is due. */
    void accepted(SocketChannel channel) {
        try {
            SocketAddress remote = channel.getRemoteAddress();
            if (remote != null) {
                connections.put(remote, new Watched(channel, nanoClock.getAsLong() + patience.toNanos()));
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a connection was gone before it could be watched", e);
        }
    }

    /** What is read of the connection goes through this reader. */
    void reads(SocketAddress remote, DataReader reader) {
        Watched watched = connections.get(remote);
        if (watched != null) {
            watched.reader = reader;
        }
    }

    /** For a request whose body has been read. */
    ReadAhead readAhead(SocketAddress remote) {
        Watched watched = connections.get(remote);
        ReadAhead ahead = new ReadAhead(watched == null ? null : watched.reader, remote.toString());
        if (watched != null) {
            watched.ahead = ahead;
        }
        return ahead;
    }

    /** Closes the connections that only wait for their next request and that the web server takes for busy. */
    void endReadAhead() {
        connections.values().forEach(watched -> {
            ReadAhead ahead = watched.ahead;
            if (ahead != null && ahead.hasBegun()) {
                close(watched.channel);
            }
        });
    }

    /** Something is due from the other side: a head, the next piece of a body, or that it takes one of an answer. */
    void expect(SocketAddress remote) {
        due(remote, patience);
    }

    /** The rest of what was to be read is of no use; it only keeps the other side from missing the answer. */
    void expectEnd(SocketAddress remote) {
        due(remote, LINGER);
    }

    void expectNextRequest(SocketAddress remote) {
        due(remote, idle);
    }

    /** Nothing is due from the other side: it waits for us. */
    void expectNothing(SocketAddress remote) {
        Watched watched = connections.get(remote);
        if (watched != null) {
            watched.deadline = NEVER;
        }
    }

    private void due(SocketAddress remote, Duration within) {
        Watched watched = connections.get(remote);
        if (watched != null) {
            watched.deadline = nanoClock.getAsLong() + within.toNanos();
        }
    }

    private void sweep() {
        try {
            closeOverdue();
        } catch (RuntimeException | Error e) {
            // Thrown further it would end the sweeping, and slow connections would stay for ever.
            LOG.log(Level.ERROR, "the watch of connections failed and goes on", e);
        }
    }

    private void closeOverdue() {
        long now = nanoClock.getAsLong();
        connections.values().removeIf(watched -> {
            long deadline = watched.deadline;
            if (deadline != NEVER && deadline - now < 0) {
                close(watched.channel);
            }
            return !watched.channel.isOpen();
        });
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a slow connection could not be closed", e);
        }
    }

    /** Closes no connection. */
    @Override
    public void close() {
        sweeper.shutdownNow();
    }

    private static final class Watched {

        private final SocketChannel channel;
        private volatile long deadline;
        private volatile @Nullable DataReader reader;
        private volatile @Nullable ReadAhead ahead;

        private Watched(SocketChannel channel, long deadline) {
            this.channel = channel;
            this.deadline = deadline;
        }
    }
}
