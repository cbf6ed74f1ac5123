package dev.mortise.cli.serve;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** SIGTERM and SIGINT: the first asks to finish what is under way, the second ends the process at once. */
final class StopSignals {

    private static final int EXIT_BY_SIGNAL = 128;

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();

    private StopSignals() {}

    static StopSignals install() {
        StopSignals signals = new StopSignals();
        Signal.handle(new Signal("TERM"), signals::received);
        Signal.handle(new Signal("INT"), signals::received);
        return signals;
    }

    private void received(Signal signal) {
        if (count.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(EXIT_BY_SIGNAL + signal.getNumber());
        }
        first.countDown();
    }

    void await() throws InterruptedException {
        first.await();
    }
}
