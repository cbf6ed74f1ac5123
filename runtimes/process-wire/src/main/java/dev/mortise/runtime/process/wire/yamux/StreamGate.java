package dev.mortise.runtime.process.wire.yamux;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** What comes before the opening of a stream. */
@FunctionalInterface
public interface StreamGate {

    /** Lets streams be opened at once. */
    StreamGate OPEN = Opening::open;

    /** A stream that is to be opened; one of its methods is to be called once, on any thread. */
    interface Opening {

        /**
         * Opens the stream, also if nobody wants it any more: the other end has been told to expect one.
         *
         * @return done when the other end gets to know of the stream before any that is opened later
         */
        CompletableFuture<Void> open();

        void refuse(IOException why);
    }

    /** Called on the session's event loop, and returns at once. */
    void pass(Opening opening);
}
