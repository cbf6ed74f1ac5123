package dev.mortise.server.listen;

import java.util.concurrent.Semaphore;

/**
 * The memory that bodies of unknown senders may take at the same time: many connections at once must not be enough to use
 * up the host's. It is taken as they come, so whoever announces much and sends nothing keeps nobody out. Safe for use by
 * several threads.
 */
final class StrangersRoom {

    static final int DEFAULT_BYTES = 64 << 20;

    private final Semaphore free;

    StrangersRoom(int bytes) {
        this.free = new Semaphore(bytes);
    }

    Share share() {
        return new Share();
    }

    /** What one request has taken, until it is closed. For one thread at a time. */
    final class Share implements AutoCloseable {

        private int taken;

        /** @return whether there was room for so many bytes more */
        boolean take(int bytes) {
            if (!free.tryAcquire(bytes)) {
                return false;
            }
            taken += bytes;
            return true;
        }

        @Override
        public void close() {
            // Most requests have taken nothing, and have no business with what all share.
            if (taken > 0) {
                free.release(taken);
                taken = 0;
            }
        }
    }
}
