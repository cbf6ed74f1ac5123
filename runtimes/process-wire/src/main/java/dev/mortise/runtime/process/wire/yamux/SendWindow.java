package dev.mortise.runtime.process.wire.yamux;

/** How much this end may still send on a stream. */
final class SendWindow {

    private static final long MOST = 0xFFFF_FFFFL;

    private long left = ReceiveWindow.BYTES;

    long left() {
        return left;
    }

    /** @return how much of it may be sent now */
    int take(int wanted) {
        int taken = (int) Math.min(left, wanted);
        left -= taken;
        return taken;
    }

    /** @throws YamuxException if that is more than the protocol can count */
    void grant(long further) throws YamuxException {
        if (left + further > MOST) {
            throw new YamuxException(
                    YamuxException.Reason.WINDOW_OVERFLOW,
                    "the other end grants " + further + " bytes above " + left
                            + ", which is more than a window can have");
        }
        left += further;
    }
}
