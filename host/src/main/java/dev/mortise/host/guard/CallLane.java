package dev.mortise.host.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run plugin code on behalf of callers who cannot wait for ever. A caller hands its task over, waits until
 * it is done or the call under way is overdue, and goes on without the thread if that is stuck. Threads are platform
 * threads, made when needed, and end when they have had nothing to do for a while.
 *
 * <p>Usually a plugin has a lane of its own, so that whatever its code leaves in a thread ends with the plugin. Its
 * owner closes it when the plugin is stopped. Safe for use by several threads.
 */
public final class CallLane {

    private static final long A_MOMENT = 1_000_000;
    private static final Duration STOP_AGAIN = Duration.ofMillis(5);

    private final Guards guards;
    private final LaneSettings settings;
    private final ClassLoader context;

    private final Set<CallThread> threads = new LinkedHashSet<>();
    private final Deque<CallThread> idle = new ArrayDeque<>();
    private int made;
    private int batch;
    private boolean closed;

    /** @param context class loader of its threads, or null for the platform's */
    public CallLane(Guards guards, LaneSettings settings, @Nullable ClassLoader context) {
        this.guards = guards;
        this.settings = settings;
        this.context = context == null ? ClassLoader.getPlatformClassLoader() : context;
    }

    /**
     * Makes one guarded call on a thread of this lane; on the current one, if it is that already. Returns at the
     * latest the grace after the call's deadline, or after the deadline of the call that the current thread is in.
     * Being interrupted does not end the wait; the interrupt is there afterwards.
     */
    public <A extends @Nullable Object, R extends @Nullable Object> R call(
            CallGuard guard, CallChain chain, GuardedCall<A, R> target, A argument, FailureMapping<R> onFailure) {
        if (isOnThisLane()) {
            return guard.call(chain, target, argument, onFailure);
        }
        Optional<CallFailure> refusal = guard.refusal(chain);
        if (refusal.isPresent()) {
            return onFailure.map(refusal.get());
        }
        return run(guard, chain, own -> guard.call(own, target, argument, onFailure), onFailure);
    }

    /**
     * Runs a task that makes guarded calls, one or many, on a thread of this lane; on the current one, if it is that
     * already. One hand-over serves the whole task. If one of its calls is stuck, the caller gets that failure and the
     * rest of the task is not run.
     *
     * @param first the guard that the task calls first: if no thread can be had within its deadline, it refuses
     * @param whenLeft what to return if the task did not come to its end
     * @throws RuntimeException what the task itself throws; plugins' exceptions are contained in their calls
     */
    public <R extends @Nullable Object> R run(
            CallGuard first, CallChain chain, LaneTask<R> task, FailureMapping<R> whenLeft) {
        if (isOnThisLane()) {
            return task.run(chain);
        }
        LaneRun<R> run = new LaneRun<>(task, chain);
        CallThread thread;
        synchronized (this) {
            if (closed) {
                return whenLeft.map(first.refusedBecauseStopped(chain));
            }
            thread = take(run);
        }
        if (thread == null) {
            return whenLeft.map(first.refusedForWantOfThread(chain, "no thread is free for it"));
        }
        CallFailure failure = await(run, thread.slot(), first, chain);
        chain.refresh();
        return failure == null ? run.outcome() : whenLeft.map(failure);
    }

    private boolean isOnThisLane() {
        return Thread.currentThread() instanceof CallThread callThread && callThread.belongsTo(this);
    }

    private @Nullable CallThread take(LaneRun<?> run) {
        CallThread waiting = idle.pollLast();
        if (waiting != null) {
            waiting.give(run);
            return waiting;
        }
        if (threads.size() >= settings.maxThreads()) {
            return null;
        }
        String name = "mortise-call-" + settings.name() + "-" + ++made;
        CallThread thread = new CallThread(this, name, batch, guards.watchdog(), context, run);
        threads.add(thread);
        try {
            thread.start();
        } catch (OutOfMemoryError noMoreThreads) {
            // The system has no thread left; for the caller that is no different from a lane without one.
            threads.remove(thread);
            return null;
        }
        return thread;
    }

    /** @return null when the run is over, or why the caller goes on without it */
    private @Nullable CallFailure await(LaneRun<?> run, DeadlineSlot slot, CallGuard first, CallChain chain) {
        // Within another call the wait must be over before whoever waits for that one gives up on it.
        DeadlineSlot own = guards.watchdog().slotIfAny();
        long grace = settings.grace().toNanos() / (own != null && own.isBusy() ? 2 : 1);
        long beginBy = chain.deadline(
                Math.max(first.timeout().toNanos(), settings.patience().toNanos()));
        boolean interrupted = false;
        try {
            while (!run.isOver()) {
                long now = guards.clock().nanoTime();
                long until = run.isWaiting() ? beginBy : slot.giveUpAt(now, grace, A_MOMENT);
                if (run.isWaiting() && now - beginBy >= 0 && run.withdraw()) {
                    return first.refusedForWantOfThread(chain, "no thread came to run it before its deadline");
                }
                CallFailure stuck = slot.abandon(chain, now, grace, run::isOver);
                if (stuck != null) {
                    return stuck;
                }
                LockSupport.parkNanos(run, Math.max(until - now, A_MOMENT / 10));
                interrupted |= Thread.interrupted();
            }
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    long nanoTime() {
        return guards.clock().nanoTime();
    }

    long keepAliveNanos() {
        return settings.keepAlive().toNanos();
    }

    /**
     * A thread has nothing to do.
     *
     * @return false if it must end
     */
    synchronized boolean rest(CallThread thread) {
        if (closed || thread.batch() != batch) {
            return false;
        }
        idle.addLast(thread);
        return true;
    }

    /**
     * An idle thread wants to end.
     *
     * @return false if it has just been given something to do
     */
    synchronized boolean forgetIdle(CallThread thread) {
        return idle.remove(thread);
    }

    synchronized void ended(CallThread thread) {
        threads.remove(thread);
    }

    /** Threads at this moment, with those that are stuck. */
    public synchronized int threads() {
        return threads.size();
    }

    /** Replaces all threads, busy ones when they are done, so that whatever plugins have left in them is freed. */
    public synchronized void renewThreads() {
        batch++;
        idle.forEach(CallThread::dismiss);
        idle.clear();
    }

    /**
     * Takes no more tasks, stops those under way and ends the threads.
     *
     * @param patience how long to wait for threads that do not end at once
     * @return those that have not ended; they end when they return from where they are
     */
    public List<StuckThread> close(Duration patience) {
        synchronized (this) {
            closed = true;
        }
        renewThreads();
        long end = guards.clock().nanoTime() + patience.toNanos();
        List<CallThread> remaining = remaining();
        boolean waiting = true;
        while (!remaining.isEmpty() && waiting) {
            remaining.forEach(thread -> thread.slot().stopNow());
            waiting = end - guards.clock().nanoTime() > 0 && waitFor(remaining.getFirst());
            remaining = remaining();
        }
        return remaining.stream()
                .map(thread -> new StuckThread(CallThread.nameOf(thread), StackPlace.of(thread)))
                .toList();
    }

    private synchronized List<CallThread> remaining() {
        return List.copyOf(threads);
    }

    /** @return false if the closing thread has been interrupted: it waits no longer */
    private static boolean waitFor(CallThread thread) {
        try {
            thread.join(STOP_AGAIN);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
