package dev.mortise.acceptance;

import java.time.Duration;

/** Waits for what happens by itself, such as a collection or the end of a drain. */
final class Eventually {

    private Eventually() {}

    /** Repeats the check until it passes; after so many seconds its last failure is thrown. */
    static void within(int seconds, Runnable check) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }
}
