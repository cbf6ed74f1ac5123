package dev.mortise.server.listen;

import dev.mortise.server.route.ClientConnection;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads on while a request is being worked on: that the other side has hung up shows in nothing else. What comes instead
 * is the next request, which stays in the reader's buffer. Nothing else may read meanwhile.
 */
final class ReadAhead implements ClientConnection {

    private final @Nullable DataReader reader;
    private final String name;
    private volatile @Nullable Thread reading;
    private volatile boolean lost;

    /**
     * For one request whose body has been read.
     *
     * @param reader nothing for a connection that is gone already
     */
    ReadAhead(@Nullable DataReader reader, String name) {
        this.reader = reader;
        this.name = name;
        this.lost = reader == null;
    }

    @Override
    public boolean isLost() {
        if (reading == null && reader != null) {
            reading = Thread.ofVirtual().name("mortise-http-read-ahead-" + name).start(() -> read(reader));
        }
        return lost;
    }

    private void read(DataReader from) {
        try {
            from.ensureAvailable();
        } catch (RuntimeException e) {
            // The end of what is sent, a reset, or that the server has closed it: nobody is there any more.
            lost = true;
        }
    }

    boolean hasBegun() {
        return reading != null;
    }

    /** Waits until something came, if ever it was looked for: from then on the reader is free again. */
    void finish() {
        Thread thread = reading;
        if (thread == null) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server closes its connections", e);
        }
    }
}
