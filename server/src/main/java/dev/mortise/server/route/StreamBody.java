package dev.mortise.server.route;

import java.io.IOException;

/** Writes a stream of events until it is over. Closed by whoever answers with it, whether or not it was written. */
public interface StreamBody extends AutoCloseable {

    /**
     * Writes all of it.
     *
     * @throws IOException if the other side is gone
     */
    void write(EventSink sink) throws IOException;

    @Override
    void close();

    /** Where the text of a stream goes, piece by piece. */
    @FunctionalInterface
    interface EventSink {

        /** Sends the text at once. */
        void send(String text) throws IOException;
    }
}
