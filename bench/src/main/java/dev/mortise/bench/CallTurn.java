package dev.mortise.bench;

import java.util.Arrays;

/** What callers of a plugin saw in a stretch of time; nanoseconds, and calls each second of all callers together. */
record CallTurn(double p50, double p99, double perSecond) {

    static CallTurn of(long[] latencies, long tookNanos) {
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return new CallTurn(
                sorted[sorted.length / 2],
                sorted[(int) (sorted.length * 99L / 100)],
                sorted.length / (tookNanos / 1e9));
    }
}
