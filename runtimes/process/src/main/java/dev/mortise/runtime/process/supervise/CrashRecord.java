package dev.mortise.runtime.process.supervise;

import java.time.Duration;

/** The crashes of one plugin in a row, and what follows from them. For one thread. */
final class CrashRecord {

    /** What to do with a plugin that has ended by itself. */
    sealed interface Consequence {

        Duration delay();

        record Restart(Duration delay) implements Consequence {}

        /** It is in a loop; after the delay it gets one try, and the next crash puts it back. */
        record Quarantine(Duration delay) implements Consequence {}
    }

    private final RestartPolicy policy;
    private int crashes;
    private int quarantines;

    CrashRecord(RestartPolicy policy) {
        this.policy = policy;
    }

    /** @param ran how long it had been up; zero if it did not come up */
    Consequence crashed(Duration ran) {
        if (ran.compareTo(policy.stableAfter()) >= 0) {
            crashes = 0;
            quarantines = 0;
        }
        crashes++;
        if (crashes < policy.crashes()) {
            return new Consequence.Restart(
                    crashes == 1 ? Duration.ZERO : doubled(policy.firstDelay(), crashes - 2, policy.longestDelay()));
        }
        return new Consequence.Quarantine(doubled(policy.firstQuarantine(), quarantines++, policy.longestQuarantine()));
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration doubled = first;
        for (int i = 0; i < times && doubled.compareTo(longest) < 0; i++) {
            doubled = doubled.multipliedBy(2);
        }
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
