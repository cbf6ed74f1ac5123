package dev.mortise.server.events;

import dev.mortise.host.HostEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes events one by one from the host's thread to the one that writes them. It holds a single event: whoever reads
 * too slowly is to be noticed by the host's own queue, which is bounded and tells how much was lost.
 */
final class EventHandoff {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable HostEvent event;
    private boolean ended;

    /** Waits until there is room; drops the event once it has all ended. */
    void give(HostEvent next) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (event != null && !ended) {
                changed.await();
            }
            if (!ended) {
                event = next;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns nothing if there is none for so long, or no more at all. */
    Optional<HostEvent> take(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = limit.toNanos();
            while (event == null && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            Optional<HostEvent> taken = Optional.ofNullable(event);
            event = null;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
