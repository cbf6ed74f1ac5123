package dev.mortise.host.guard;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A task on its way from a caller to a lane's thread and back. */
final class LaneRun<R extends @Nullable Object> {

    private enum Stage {
        WAITING,
        RUNNING,
        OVER,
        /** The caller went away before the task had begun, so it never begins. */
        WITHDRAWN
    }

    private final LaneTask<R> task;
    private final CallChain chain;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

    private @Nullable R result;
    private @Nullable RuntimeException exception;
    private @Nullable Error error;

    /** @param chain the caller's; the thread gets one of its own */
    LaneRun(LaneTask<R> task, CallChain chain) {
        this.task = task;
        this.chain = chain.handedOver();
    }

    /** On the lane's thread. */
    void execute(CallThread thread) {
        if (!stage.compareAndSet(Stage.WAITING, Stage.RUNNING)) {
            thread.end();
            return;
        }
        thread.begin(this);
        try {
            result = task.run(chain);
        } catch (RuntimeException bug) {
            exception = bug;
        } catch (Error bug) {
            error = bug;
        } finally {
            thread.end();
            stage.set(Stage.OVER);
            wakeCaller();
        }
    }

    CallChain chain() {
        return chain;
    }

    void wakeCaller() {
        LockSupport.unpark(caller);
    }

    boolean isWaiting() {
        return stage.get() == Stage.WAITING;
    }

    boolean isOver() {
        return stage.get() == Stage.OVER;
    }

    boolean withdraw() {
        return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN);
    }

    /** What came of it, once it is over. A bug in the host's own code comes out where the caller sees it. */
    @SuppressWarnings("NullAway") // R may be nullable, and is set whenever nothing was thrown.
    R outcome() {
        if (exception != null) {
            throw exception;
        }
        if (error != null) {
            throw error;
        }
        return result;
    }
}
