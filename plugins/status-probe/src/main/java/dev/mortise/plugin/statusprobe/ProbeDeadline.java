package dev.mortise.plugin.statusprobe;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * By when a probe must be done. When the time is up, what is watched is closed under whoever waits for it, be it in a
 * handshake or for a server that sends a byte now and then.
 */
public final class ProbeDeadline implements AutoCloseable {

    private final Duration limit;
    private final long end;
    private final Thread watcher;
    private @Nullable Closeable watched;
    private boolean passed;

    private ProbeDeadline(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
        this.watcher = Thread.ofVirtual().name("mortise-status-deadline").unstarted(this::pass);
    }

    static ProbeDeadline start(Duration limit) {
        ProbeDeadline deadline = new ProbeDeadline(limit);
        deadline.watcher.start();
        return deadline;
    }

    synchronized void watch(Closeable connection) throws IOException {
        watched = connection;
        if (passed) {
            connection.close();
        }
    }

    synchronized boolean hasPassed() {
        return passed;
    }

    Duration limit() {
        return limit;
    }

    /** At least a millisecond, because zero means for ever where it is passed on. */
    int remainingMillis() {
        return (int) Math.clamp((end - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    private void pass() {
        try {
            Thread.sleep(limit);
        } catch (InterruptedException e) {
            return;
        }
        synchronized (this) {
            passed = true;
            if (watched != null) {
                try {
                    watched.close();
                } catch (IOException e) {
                    // Whoever uses it notices by itself.
                }
            }
        }
    }

    /** Ends the watch; what is watched is its owner's to close. */
    @Override
    public void close() {
        watcher.interrupt();
    }
}
