package dev.mortise.gateway;

import java.time.Duration;

/** Waits for what another thread will have done, with plenty of time. */
final class Eventually {

    private static final long LIMIT = Duration.ofSeconds(30).toNanos();

    private Eventually() {}

    static void holds(Runnable assertion) throws InterruptedException {
        long end = System.nanoTime() + LIMIT;
        while (true) {
            try {
                assertion.run();
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
