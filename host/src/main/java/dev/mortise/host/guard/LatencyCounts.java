package dev.mortise.host.guard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How many durations fell into each bucket, at one moment. Rows without any are left out. Not changed once made. */
final class LatencyCounts {

    static final LatencyCounts NONE = new LatencyCounts(new long[LatencyScale.ROWS][]);

    private final long[] @Nullable [] rows;
    private final long total;

    LatencyCounts(long[] @Nullable [] rows) {
        this.rows = rows;
        long sum = 0;
        for (long @Nullable [] row : rows) {
            if (row != null) {
                for (long count : row) {
                    sum += count;
                }
            }
        }
        this.total = sum;
    }

    long total() {
        return total;
    }

    /** What has been added since an earlier moment. */
    LatencyCounts since(LatencyCounts earlier) {
        long[] @Nullable [] difference = new long[LatencyScale.ROWS][];
        for (int r = 0; r < LatencyScale.ROWS; r++) {
            long @Nullable [] now = rows[r];
            long @Nullable [] then = earlier.rows[r];
            if (now != null) {
                long[] added = now.clone();
                for (int c = 0; then != null && c < added.length; c++) {
                    added[c] -= then[c];
                }
                difference[r] = added;
            }
        }
        return new LatencyCounts(difference);
    }

    /** @param longest a known upper bound, to be exact at the top */
    LatencySummary summary(long longest) {
        if (total == 0) {
            return LatencySummary.NONE;
        }
        return new LatencySummary(
                total,
                Duration.ofNanos(mean()),
                at(0.5, longest),
                at(0.9, longest),
                at(0.95, longest),
                at(0.99, longest),
                at(0.999, longest),
                at(1, longest));
    }

    /** The sample that has at least the fraction of all samples before it, or the last one. */
    private Duration at(double fraction, long longest) {
        long rank = Math.min(total - 1, (long) (total * fraction));
        long seen = 0;
        for (int r = 0; r < LatencyScale.ROWS; r++) {
            long @Nullable [] row = rows[r];
            for (int c = 0; row != null && c < row.length; c++) {
                seen += row[c];
                if (seen > rank) {
                    return Duration.ofNanos(Math.min(LatencyScale.highest(r, c), longest));
                }
            }
        }
        return Duration.ofNanos(longest);
    }

    private long mean() {
        double sum = 0;
        for (int r = 0; r < LatencyScale.ROWS; r++) {
            long @Nullable [] row = rows[r];
            for (int c = 0; row != null && c < row.length; c++) {
                sum += row[c] * (LatencyScale.lowest(r, c) + LatencyScale.highest(r, c)) / 2.0;
            }
        }
        return Math.round(sum / total);
    }
}
