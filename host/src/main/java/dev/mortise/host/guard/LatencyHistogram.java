package dev.mortise.host.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Counts durations. Recording is one atomic addition and allocates nothing once a row is there; rows are made when
 * first needed, so that a contribution costs 1 KB before its first call and some 8 KB after many. Threads are spread
 * over a few copies of the cells.
 */
final class LatencyHistogram {

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle MAX;
    private static final int MAX_STRIPES = 4;

    static {
        try {
            MAX = MethodHandles.lookup().findVarHandle(LatencyHistogram.class, "max", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[][] @Nullable [] stripes;
    private final int mask;

    @SuppressWarnings("unused") // used through MAX
    private long max;

    /** @param threads about how many record at the same time */
    LatencyHistogram(int threads) {
        int count = Integer.highestOneBit(Math.clamp(threads, 1, MAX_STRIPES));
        stripes = new long[count][LatencyScale.ROWS][];
        mask = count - 1;
    }

    /**
     * @param thread any number that differs between threads
     * @param weight how many durations this one stands for
     */
    void record(long nanos, int thread, int weight) {
        long duration = Math.clamp(nanos, 0, LatencyScale.LONGEST);
        int row = LatencyScale.row(duration);
        long @Nullable [] cells = stripes[thread & mask][row];
        if (cells == null) {
            cells = addRow(thread & mask, row);
        }
        CELL.getAndAdd(cells, LatencyScale.cell(duration, row), (long) weight);
        if (duration > (long) MAX.getOpaque(this)) {
            raiseMax(duration);
        }
    }

    private synchronized long[] addRow(int stripe, int row) {
        long @Nullable [] cells = stripes[stripe][row];
        if (cells == null) {
            cells = new long[LatencyScale.CELLS];
            stripes[stripe][row] = cells;
        }
        return cells;
    }

    private void raiseMax(long duration) {
        long seen = (long) MAX.getOpaque(this);
        while (duration > seen && !MAX.compareAndSet(this, seen, duration)) {
            seen = (long) MAX.getOpaque(this);
        }
    }

    long max() {
        return (long) MAX.getOpaque(this);
    }

    LatencyCounts counts() {
        long[] @Nullable [] sum = new long[LatencyScale.ROWS][];
        for (long[] @Nullable [] rows : stripes) {
            for (int r = 0; r < LatencyScale.ROWS; r++) {
                long @Nullable [] cells = rows[r];
                if (cells != null) {
                    sum[r] = plus(sum[r], cells);
                }
            }
        }
        return new LatencyCounts(sum);
    }

    private static long[] plus(long @Nullable [] sum, long[] cells) {
        long[] result = sum == null ? new long[LatencyScale.CELLS] : sum;
        for (int c = 0; c < cells.length; c++) {
            result[c] += (long) CELL.getVolatile(cells, c);
        }
        return result;
    }
}
