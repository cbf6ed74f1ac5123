package dev.mortise.gateway;

import java.io.IOException;

/** A reply that comes piece by piece. To be used by one thread. */
public interface ReplyStream extends AutoCloseable {

    /**
     * Writes all of it, and returns when it is over, however it ends.
     *
     * @throws IOException if the client does not take it
     */
    void writeTo(Target target) throws IOException;

    /** Gives up what is not written. Closing twice is fine. */
    @Override
    void close();

    /** Where the pieces go. */
    interface Target {

        /** @param json a chunk, or an object with an {@code error}, after which nothing comes */
        void data(String json) throws IOException;

        /** Shows the client that the stream is alive. */
        void heartbeat() throws IOException;

        /** All has been said, and nothing comes any more. */
        void done() throws IOException;
    }
}
