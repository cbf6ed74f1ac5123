package dev.mortise.host.guard;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A limited number of places for calls at the same time. They are spread over a few counters, so that threads on
 * different processors do not fight for one cache line; a thread whose own counter is empty takes from the others. So
 * there are never more calls than places. A call may be refused while a place moves from one counter to another, which
 * happens only when almost all are taken.
 */
final class Places {

    /** Two cache lines, because processors fetch them in pairs. */
    private static final int SPACING = 128 / Integer.BYTES;

    private static final int MOST_COUNTERS = 8;

    private final int limit;
    private final int mask;
    private final AtomicIntegerArray free;

    Places(int limit, int processors) {
        int counters = Integer.highestOneBit(Math.clamp(processors, 1, MOST_COUNTERS));
        this.limit = limit;
        this.mask = counters - 1;
        this.free = new AtomicIntegerArray((counters + 1) * SPACING);
        for (int i = 0; i < counters; i++) {
            free.set(position(i), limit / counters + (i < limit % counters ? 1 : 0));
        }
    }

    /** @param thread any number that differs between threads */
    boolean take(int thread) {
        if (takeFrom(position(thread))) {
            return true;
        }
        for (int i = 1; i <= mask; i++) {
            if (takeFrom(position(thread + i))) {
                return true;
            }
        }
        return false;
    }

    private boolean takeFrom(int position) {
        while (true) {
            int left = free.get(position);
            if (left == 0) {
                return false;
            }
            if (free.weakCompareAndSetVolatile(position, left, left - 1)) {
                return true;
            }
        }
    }

    void giveBack(int thread) {
        free.getAndIncrement(position(thread));
    }

    int taken() {
        int left = 0;
        for (int i = 0; i <= mask; i++) {
            left += free.get(position(i));
        }
        return Math.clamp((long) limit - left, 0, limit);
    }

    private int position(int thread) {
        return ((thread & mask) + 1) * SPACING;
    }
}
