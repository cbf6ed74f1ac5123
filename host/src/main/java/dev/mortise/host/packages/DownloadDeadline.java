package dev.mortise.host.packages;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time by which one download must be done. When it has passed, the connection that is watched is closed under
 * whoever waits for it, be it in the handshake or for a server that sends a byte now and then.
 */
final class DownloadDeadline implements AutoCloseable {

    private final Duration limit;
    private final long end;
    private final Thread watcher;
    private @Nullable Socket watched;
    private boolean expired;

    private DownloadDeadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
        this.watcher = Thread.ofVirtual().name("mortise-download-deadline").unstarted(this::expireInTime);
    }

    static DownloadDeadline start(Duration limit) {
        DownloadDeadline deadline = new DownloadDeadline(limit);
        deadline.watcher.start();
        return deadline;
    }

    /** Closes the socket when the time has passed, which may be now. It replaces the one that was watched before. */
    synchronized void watch(Socket socket) throws IOException {
        watched = socket;
        if (expired) {
            socket.close();
        }
    }

    synchronized boolean hasExpired() {
        return expired;
    }

    Duration limit() {
        return limit;
    }

    /** At least a millisecond: where 0 means to wait for ever, it must not be passed on. */
    int remainingMillis() {
        return (int) Math.clamp(Duration.ofNanos(end - System.nanoTime()).toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Ends the watch; the socket is its owner's to close. */
    @Override
    public void close() {
        watcher.interrupt();
    }

    private void expireInTime() {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            // The download is done.
            return;
        }
        expire();
    }

    private synchronized void expire() {
        expired = true;
        if (watched != null) {
            try {
                watched.close();
            } catch (IOException e) {
                // Whoever uses it notices by itself that it is of no use any more.
            }
        }
    }
}
