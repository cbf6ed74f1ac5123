package dev.mortise.plugin.latencyslaguard;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many times. Not safe for use by several threads. */
final class Samples {

    private final int most;
    private final Deque<BigDecimal> times = new ArrayDeque<>();

    Samples(int most) {
        this.most = most;
    }

    void add(BigDecimal time) {
        if (times.size() == most) {
            times.removeFirst();
        }
        times.addLast(time);
    }

    Percentiles percentiles() {
        List<BigDecimal> sorted = times.stream().sorted().toList();
        return sorted.isEmpty()
                ? new Percentiles(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)
                : new Percentiles(at(sorted, 50), at(sorted, 95), at(sorted, 99));
    }

    private static BigDecimal at(List<BigDecimal> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() * percent / 100, sorted.size() - 1));
    }
}
