package dev.mortise.runtime.process.wire.yamux;

/** What a frame is about; the order is that of the codes on the wire. */
enum FrameType {
    DATA,
    /** More may be sent on a stream; or only flags. */
    WINDOW_UPDATE,
    PING,
    /** No further streams, or the end of the session. */
    GO_AWAY;

    byte code() {
        return (byte) ordinal();
    }

    /** @throws YamuxException if there is no such type */
    static FrameType of(int code) throws YamuxException {
        FrameType[] all = values();
        if (code >= all.length) {
            throw new YamuxException(
                    YamuxException.Reason.FRAME_TYPE, "a frame is of type " + code + ", which yamux does not have");
        }
        return all[code];
    }
}
