package dev.mortise.runtime.process.output;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many lines through in a second, and counts the others. For one thread. */
final class LineRate {

    static final int LINES_PER_SECOND = 1_000;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private long began;
    private int admitted;
    private long refused;

    /** What to do with a line. */
    sealed interface Verdict {
        /** @param refused how many were refused since the last one that was let through */
        record Admitted(long refused) implements Verdict {}

        record Refused() implements Verdict {}
    }

    LineRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    Verdict admit() {
        long now = nanoTime.getAsLong();
        if (now - began >= SECOND) {
            began = now;
            admitted = 0;
        }
        if (admitted >= LINES_PER_SECOND) {
            refused++;
            return new Verdict.Refused();
        }
        admitted++;
        long before = refused;
        refused = 0;
        return new Verdict.Admitted(before);
    }
}
