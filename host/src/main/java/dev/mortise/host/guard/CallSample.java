package dev.mortise.host.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the calls of one contribution, every one, and chooses those whose duration is noted. Reading the clock is the
 * dearest part of a guarded call, and a contribution that is called a thousand times within milliseconds does not need a
 * thousand readings. Timed are
 *
 * <ul>
 *   <li>the first {@value #ALL_OF_FIRST} calls of a thread or group of threads,
 *   <li>the first call that begins after each of the watchdog's looks, and so every one of a contribution that is not busy,
 *   <li>of the others one in {@value #ONE_IN}, chosen without regularity, which stands for that many.
 * </ul>
 *
 * All of that is decided before the call. Beside it each call is noted during which the watchdog looks twice, and so every
 * one of more than some 8 ms; such a one stands for itself only, chosen or not. So percentiles of the weighted durations are
 * those of all calls, within what chance allows. Exact is the number of calls; a long one that was not chosen may seem
 * longer than it was by the time between two looks.
 */
final class CallSample {

    static final int ALL_OF_FIRST = 1_024;
    static final int ONE_IN = 8;

    private static final int MAX_STRIPES = 4;

    /** Two cache lines, because processors fetch them in pairs. */
    private static final int SPACING = 128 / Long.BYTES;

    /** What is left of a number's bits when they have been mixed, so that any regularity of the calls is lost. */
    private static final int CHOICE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(ONE_IN);

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** For each stripe the number of calls and, beside it, the look after which one was last timed. */
    private final long[] cells;

    private final int mask;

    /** @param threads about how many count at the same time */
    CallSample(int threads) {
        int stripes = Integer.highestOneBit(Math.clamp(threads, 1, MAX_STRIPES));
        mask = stripes - 1;
        cells = new long[(stripes + 1) * SPACING];
    }

    /** @param thread any number that differs between threads */
    void count(int thread) {
        CELL.getAndAdd(cells, position(thread), 1L);
    }

    /**
     * Decides whether a call that begins is timed.
     *
     * @param thread any number that differs between threads
     * @param looks how often the watchdog has looked
     * @return how many calls this one's duration stands for; 0 if it is not needed
     */
    int choose(int thread, long looks) {
        int position = position(thread);
        long number = (long) CELL.getOpaque(cells, position);
        if (number < ALL_OF_FIRST || looks != (long) CELL.getOpaque(cells, position + 1)) {
            CELL.setOpaque(cells, position + 1, looks);
            return 1;
        }
        return mix(number) >>> CHOICE_SHIFT == 0 ? ONE_IN : 0;
    }

    /** The last steps of David Stafford's variant 13 of the MurmurHash3 finalizer, as in SplittableRandom. */
    private static long mix(long number) {
        long z = number * 0xBF58476D1CE4E5B9L;
        return (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    }

    long total() {
        long sum = 0;
        for (int stripe = 0; stripe <= mask; stripe++) {
            sum += (long) CELL.getVolatile(cells, position(stripe));
        }
        return sum;
    }

    private int position(int thread) {
        return ((thread & mask) + 1) * SPACING;
    }
}
