package dev.mortise.host.guard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes only when it is told to, and counts how often it is read. */
final class ManualClock implements NanoClock {

    /** Close to where a long overflows, as a real clock may be. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);

    private final AtomicLong readings = new AtomicLong();

    @Override
    public long nanoTime() {
        readings.incrementAndGet();
        return now.get();
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    long readings() {
        return readings.get();
    }
}
