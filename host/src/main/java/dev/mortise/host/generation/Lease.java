package dev.mortise.host.generation;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts who is inside, until it is closed; then nobody else gets in, and the last one to leave is told so.
 *
 * <p>The count and the closing are one number, so that nobody can slip in between a look at the one and a change of the
 * other, and the last to leave knows that it is the last.
 */
final class Lease {

    private static final long CLOSED = 1L << 62;

    private final AtomicLong state = new AtomicLong();

    /** @return whether it was still open; then {@link #release} must follow */
    boolean acquire() {
        long seen = state.get();
        while (seen < CLOSED) {
            long now = state.compareAndExchange(seen, seen + 1);
            if (now == seen) {
                return true;
            }
            seen = now;
        }
        return false;
    }

    /** @return whether it is closed and this was the last one inside */
    boolean release() {
        return state.decrementAndGet() == CLOSED;
    }

    /** @return whether nobody is inside */
    boolean close() {
        return state.getAndAdd(CLOSED) == 0;
    }

    int inside() {
        return (int) (state.get() & ~CLOSED);
    }
}
