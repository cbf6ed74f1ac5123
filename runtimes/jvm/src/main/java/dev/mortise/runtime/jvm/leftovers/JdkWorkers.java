package dev.mortise.runtime.jvm.leftovers;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own threads that wait for work: timers and executors. On their stacks there is nothing of the plugin that
 * made them; what tells is the work that waits, and who makes their threads. They do not end by an interrupt.
 */
final class JdkWorkers {

    private static final String TIMER_THREAD = "java.util.TimerThread";
    private static final String POOL_WORKER = "java.util.concurrent.ThreadPoolExecutor$Worker";

    private final JdkInternals internals;

    JdkWorkers(JdkInternals internals) {
        this.internals = internals;
    }

    /** What the thread does for the plugin, in words; empty if it does nothing for it. */
    Optional<String> workOf(Thread thread, Belonging belonging) {
        if (timerQueue(thread) != null && timerTasks(thread).anyMatch(belonging::isOwn)) {
            return Optional.of("a java.util.Timer with tasks of the plugin");
        }
        ThreadPoolExecutor pool = pool(thread);
        return pool != null && isOf(pool, belonging)
                ? Optional.of("a thread of an executor that was not shut down")
                : Optional.empty();
    }

    /** Ends a thread that waits for work of the plugin, unless others use it too. */
    void end(Thread thread, Belonging belonging) {
        Object queue = timerQueue(thread);
        if (queue != null && timerTasks(thread).allMatch(belonging::isOwn)) {
            synchronized (queue) {
                internals.set(thread.getClass(), "newTasksMayBeScheduled", thread, false);
                internals.call(queue, "clear");
                queue.notifyAll();
            }
        }
        ThreadPoolExecutor pool = pool(thread);
        if (pool != null && isOf(pool, belonging)) {
            pool.shutdownNow();
        }
    }

    private @Nullable Object timerQueue(Thread thread) {
        return thread.getClass().getName().equals(TIMER_THREAD)
                ? internals.get(thread.getClass(), "queue", thread)
                : null;
    }

    private Stream<Object> timerTasks(Thread thread) {
        Object queue = timerQueue(thread);
        if (queue == null) {
            return Stream.empty();
        }
        synchronized (queue) {
            Object tasks = internals.get(queue.getClass(), "queue", queue);
            // The JDK's array begins at one.
            return tasks instanceof Object[] array
                    ? Arrays.stream(array.clone()).filter(Objects::nonNull)
                    : Stream.empty();
        }
    }

    private @Nullable ThreadPoolExecutor pool(Thread thread) {
        Object holder = internals.get(Thread.class, "holder", thread);
        Object task = holder == null ? null : internals.get(holder.getClass(), "task", holder);
        return task != null
                        && task.getClass().getName().equals(POOL_WORKER)
                        && internals.get(task.getClass(), "this$0", task) instanceof ThreadPoolExecutor pool
                ? pool
                : null;
    }

    /** A pool with nothing but the plugin's work, or made of the plugin's classes. */
    private boolean isOf(ThreadPoolExecutor pool, Belonging belonging) {
        if (belonging.isOwn(pool) || belonging.isOwn(pool.getThreadFactory())) {
            return true;
        }
        Object[] waiting = pool.getQueue().toArray();
        return waiting.length > 0 && Arrays.stream(waiting).allMatch(task -> belonging.isOwn(unwrap(task)));
    }

    /** The author's object in the JDK's wrappers around it. */
    private @Nullable Object unwrap(Object task) {
        Object callable = task instanceof FutureTask<?> ? internals.get(FutureTask.class, "callable", task) : task;
        if (callable instanceof Callable<?> && callable.getClass().getName().endsWith("$RunnableAdapter")) {
            return internals.get(callable.getClass(), "task", callable);
        }
        return callable;
    }
}
