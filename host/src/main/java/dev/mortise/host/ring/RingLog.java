package dev.mortise.host.ring;

import dev.mortise.host.guard.LatencyLog;
import dev.mortise.host.guard.LatencySummary;
import java.util.concurrent.atomic.LongAdder;

/** What is counted about one ring, across generations. Safe for use by several threads. */
final class RingLog {

    private final LatencyLog latency = new LatencyLog(Runtime.getRuntime().availableProcessors(), System.nanoTime());
    private final LongAdder dropped = new LongAdder();

    void ran(long end, long nanos) {
        latency.record(end, nanos, (int) Thread.currentThread().threadId());
    }

    void dropped() {
        dropped.increment();
    }

    LatencySummary latency() {
        return latency.all();
    }

    long droppedCount() {
        return dropped.sum();
    }
}
