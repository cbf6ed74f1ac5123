package dev.mortise.host.guard;

import java.lang.ref.WeakReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a deadline slot, and who interrupts it. An interrupt is one bit without a sender, so the guard has to
 * keep its own apart from those of others: its own end with the call, the others are there afterwards.
 *
 * <p>A {@link CallThread} knows who interrupts it. Of any other thread it is known that an interrupt was there when a
 * call began, or when the guard was about to interrupt; one that comes later, while the thread is leaving an overdue
 * call, cannot be told from the guard's and is lost.
 */
final class SlotOwner {

    private final WeakReference<Thread> thread;
    private final @Nullable CallThread callThread;
    private boolean interruptedByOthers;
    private volatile boolean retired;

    SlotOwner(Thread thread) {
        this.thread = new WeakReference<>(thread);
        this.callThread = thread instanceof CallThread ours ? ours : null;
    }

    Optional<Thread> thread() {
        return Optional.ofNullable(thread.get());
    }

    /** A call thread says so when it is about to end; of other threads it is found out. */
    void retire() {
        retired = true;
    }

    boolean hasEnded() {
        if (callThread != null) {
            return retired;
        }
        Thread owner = thread.get();
        return owner == null || !owner.isAlive();
    }

    /** The owner begins its outermost call. */
    void beginOutermost() {
        if (callThread == null) {
            interruptedByOthers = Thread.currentThread().isInterrupted();
        }
    }

    /** The owner is about to leave a call: an interrupt that the plugin has set on its own thread is not passed on. */
    void dropPluginInterrupt() {
        if (callThread != null && callThread.isInterrupted()) {
            callThread.dropPluginInterrupt();
        }
    }

    boolean isInterruptedByOthers() {
        return callThread == null || callThread.isInterruptedByOthers();
    }

    /** @param first whether the guard has not interrupted the same call before */
    void interruptByGuard(Thread owner, boolean first) {
        if (callThread != null) {
            callThread.interruptByGuard();
            return;
        }
        if (first && owner.isInterrupted()) {
            interruptedByOthers = true;
        }
        owner.interrupt();
    }

    /** Whoever waits for the owner looks again whether to give up: it may have looked at an earlier call. */
    void wakeCaller() {
        if (callThread != null) {
            callThread.wakeCaller();
        }
    }

    /** The owner takes back the guard's interrupts, and keeps those of others. */
    void restoreInterrupt() {
        Thread.interrupted();
        if (callThread != null) {
            callThread.restoreInterrupt();
        } else if (interruptedByOthers) {
            Thread.currentThread().interrupt();
        }
    }
}
