package dev.mortise.host.guard;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that a plugin waits for without answering to an interrupt, until the test lets it go. */
final class Stuck implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final Thread holder = Thread.ofPlatform().name("test-lock-holder").start(this::hold);

    Stuck() throws InterruptedException {
        held.await();
    }

    private void hold() {
        lock.lock();
        try {
            synchronized (this) {
                held.countDown();
                release.await();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    /** What a plugin does: waits in {@code Lock.lock}. */
    String waitForLock() {
        lock.lock();
        try {
            return "got the lock";
        } finally {
            lock.unlock();
        }
    }

    /** What a plugin does: waits for a monitor. */
    String waitForMonitor() {
        synchronized (this) {
            return "got the monitor";
        }
    }

    void release() {
        release.countDown();
    }

    @Override
    public void close() {
        release();
        Awaiting.until("the lock's holder has ended", () -> !holder.isAlive());
    }
}
