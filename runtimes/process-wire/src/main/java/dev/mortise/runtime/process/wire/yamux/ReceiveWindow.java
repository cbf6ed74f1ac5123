package dev.mortise.runtime.process.wire.yamux;

/** How much the other end may still send on a stream; so much, at most, is kept for a reader that does not read. */
final class ReceiveWindow {

    /** With which every stream begins, in both directions. */
    static final int BYTES = 256 * 1024;

    private long left = BYTES;
    private long read;

    /** @throws YamuxException if the other end was not allowed to send so much */
    void announced(long bytes) throws YamuxException {
        if (bytes > left) {
            throw new YamuxException(
                    YamuxException.Reason.WINDOW_EXCEEDED,
                    "the other end sends " + bytes + " bytes on a stream where it may send " + left);
        }
        left -= bytes;
    }

    /** The reader has read so much. */
    void read(int bytes) {
        read += bytes;
    }

    /** @return how much is to be granted now, 0 while that is less than half of the window */
    long grant() {
        if (read < BYTES / 2) {
            return 0;
        }
        long granted = read;
        left += granted;
        read = 0;
        return granted;
    }
}
