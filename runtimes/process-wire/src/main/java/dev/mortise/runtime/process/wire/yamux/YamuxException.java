package dev.mortise.runtime.process.wire.yamux;

import java.io.IOException;

/** Why a session or one of its streams has ended, or could not begin. */
public final class YamuxException extends IOException {

    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Reason {
        /** The other end speaks another version, or something else. */
        VERSION(1),
        FRAME_TYPE(1),
        /** A stream has an id that is not the other end's to give. */
        STREAM_ID(1),
        /** A stream was begun under the id of one that is open. */
        DUPLICATE_STREAM(1),
        /** A stream was ended twice. */
        ENDED_TWICE(1),
        /** More was sent on a stream than this end had granted. */
        WINDOW_EXCEEDED(1),
        /** More was granted than can be counted. */
        WINDOW_OVERFLOW(1),
        /** The other end makes this one answer, and does not take the answers. */
        ANSWERS_NOT_READ(2),
        /** The other end does not answer any more. */
        KEEP_ALIVE(2),
        /** The other end says that this one broke the protocol, or that it cannot go on. */
        OTHER_END_FAILED(0),
        /** The session is not connected, or not any more. */
        CLOSED(0),
        /** The other end takes no further streams. */
        GOING_AWAY(0),
        /** The other end has not yet taken as many streams as it may have waiting, or there are no further ids. */
        TOO_MANY_STREAMS(0),
        /** The other end did not take the stream. */
        REFUSED(0),
        /** The other end has given the stream up. */
        RESET(0);

        private final int goAwayCode;

        Reason(int goAwayCode) {
            this.goAwayCode = goAwayCode;
        }
    }

    private final Reason reason;

    YamuxException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What the other end is told: 0 normal, 1 protocol error, 2 internal error. */
    int goAwayCode() {
        return reason.goAwayCode;
    }
}
