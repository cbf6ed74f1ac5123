package dev.mortise.runtime.process.session;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lets the thread of a call under way do what arrives for the call while it waits: the answer, and calls that the plugin
 * makes as a part of it. These so run in the scope of the first one.
 */
final class CallLoop implements Executor {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private boolean ended;

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (!ended) {
                tasks.add(task);
                return;
            }
        }
        if (task instanceof Future<?> nested) {
            nested.cancel(false);
        } else {
            // The last signals of a call that nobody waits for any more.
            task.run();
        }
    }

    /**
     * Runs something on the thread of the call, and waits for it.
     *
     * @throws CancellationException if the call is over
     * @throws ExecutionException with what the task threw
     */
    <T> T submit(Callable<T> task) throws ExecutionException, InterruptedException {
        FutureTask<T> nested = new FutureTask<>(task);
        execute(nested);
        return nested.get();
    }

    /** Works until the answer is there; the caller calls {@link #end} whatever comes. */
    void await(Future<?> answer) throws InterruptedException {
        while (!answer.isDone()) {
            tasks.take().run();
        }
    }

    void end() {
        synchronized (this) {
            ended = true;
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            execute(task);
        }
    }
}
