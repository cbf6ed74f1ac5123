package dev.mortise.host.guard;

import java.time.Duration;

/** Durations in messages. */
final class DurationText {

    private static final Duration SHORT = Duration.ofSeconds(10);

    private DurationText() {}

    /** In milliseconds below ten seconds, in seconds above; never 0 for what is not. */
    static String of(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        if (duration.toMillis() == 0) {
            return duration.toNanos() / 1_000 + " µs";
        }
        return duration.compareTo(SHORT) < 0 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
