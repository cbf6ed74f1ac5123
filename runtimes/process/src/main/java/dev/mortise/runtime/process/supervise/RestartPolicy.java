package dev.mortise.runtime.process.supervise;

import java.time.Duration;

/**
 * When a plugin that has ended by itself is started again: at once after a first crash, and later and later if it goes down
 * again before it has been up for a while.
 *
 * @param firstDelay before the second restart in a row; each further one waits twice as long
 * @param longestDelay that a restart waits
 * @param crashes so many in a row are a loop
 * @param stableAfter a plugin that has run for this long begins with a clean slate
 * @param firstQuarantine how long one in a loop is left alone before it gets another try; each further one lasts twice as
 *     long
 * @param longestQuarantine that it is left alone
 */
public record RestartPolicy(
        Duration firstDelay,
        Duration longestDelay,
        int crashes,
        Duration stableAfter,
        Duration firstQuarantine,
        Duration longestQuarantine) {

    public static final RestartPolicy STANDARD = new RestartPolicy(
            Duration.ofMillis(200),
            Duration.ofSeconds(30),
            5,
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15));
}
