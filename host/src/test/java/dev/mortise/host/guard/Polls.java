package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What an instrumented plugin and its runtime do: the code polls in each loop, the signal makes the poll throw. */
final class Polls implements StopSignal {

    private final Set<Thread> stopped = ConcurrentHashMap.newKeySet();
    final AtomicInteger stops = new AtomicInteger();

    /** Whether a stop that has been thrown is over, so that the next one has to be signalled again. */
    volatile boolean withdrawEachStop;

    PluginGuard plugin(TestHost host) {
        return host.guards.plugin(new PluginId("spinner"), TestHost.LIMITS, this);
    }

    void poll() {
        Thread current = Thread.currentThread();
        if (stopped.contains(current)) {
            if (withdrawEachStop) {
                stopped.remove(current);
            }
            throw new StopError();
        }
        Thread.onSpinWait();
    }

    boolean isStopped(Thread thread) {
        return stopped.contains(thread);
    }

    @Override
    public void stop(Thread thread) {
        stops.incrementAndGet();
        stopped.add(thread);
    }

    @Override
    public void clear(Thread thread) {
        stopped.remove(thread);
    }
}
