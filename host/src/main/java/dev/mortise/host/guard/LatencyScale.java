package dev.mortise.host.guard;

/**
 * The buckets that durations are counted in: 32 of equal width for each power of two, so that a bucket is at most
 * 3.2 % wide. From 0 ns to some 73 minutes; what is longer counts as that.
 */
final class LatencyScale {

    private static final int CELL_BITS = 5;

    /** Cells in a row, which covers one power of two. */
    static final int CELLS = 1 << CELL_BITS;

    private static final int LONGEST_BITS = 42;

    /** The first row holds 0 to 31 ns, one cell each. */
    static final int ROWS = LONGEST_BITS - CELL_BITS + 1;

    static final long LONGEST = (1L << LONGEST_BITS) - 1;

    private LatencyScale() {}

    /** @param nanos from 0 to {@link #LONGEST} */
    static int row(long nanos) {
        return Long.SIZE - CELL_BITS - Long.numberOfLeadingZeros(nanos | (CELLS - 1));
    }

    static int cell(long nanos, int row) {
        return (int) (nanos >>> shift(row)) & (CELLS - 1);
    }

    /** The longest duration that the bucket holds. */
    static long highest(int row, int cell) {
        return lowest(row, cell) + (1L << shift(row)) - 1;
    }

    static long lowest(int row, int cell) {
        return row == 0 ? cell : (long) (CELLS + cell) << shift(row);
    }

    private static int shift(int row) {
        return Math.max(0, row - 1);
    }
}
