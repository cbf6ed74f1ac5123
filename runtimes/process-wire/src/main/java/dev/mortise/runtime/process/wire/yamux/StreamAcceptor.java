package dev.mortise.runtime.process.wire.yamux;

import java.util.Optional;

/** Says who takes the streams that the other end opens. */
@FunctionalInterface
public interface StreamAcceptor {

    /** Takes none. */
    StreamAcceptor NONE = Optional::empty;

    /** Who takes the next stream; nobody, if it is to be refused. Called on the session's event loop, once a stream. */
    Optional<ListenerChannel> next();
}
