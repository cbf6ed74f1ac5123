package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import dev.mortise.runtime.jvm.polls.LoopPoll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Threads that run code of the plugin. They are told to leave, by an interrupt and by the polls in the plugin's loops,
 * and given a moment to do so. A thread that only has the plugin's loader as its context, as threads inherit it, is not
 * the plugin's for that reason, and just gets another one.
 */
final class ThreadBroom implements Broom {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final JdkInternals internals;
    private final VirtualThreads virtualThreads;
    private final JdkWorkers workers;

    ThreadBroom(JdkInternals internals, VirtualThreads virtualThreads, JdkWorkers workers) {
        this.internals = internals;
        this.virtualThreads = virtualThreads;
        this.workers = workers;
    }

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.THREAD;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Found> found = new ArrayList<>();
        List<Leftover> leftovers = new ArrayList<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (!thread.equals(Thread.currentThread())) {
                look(thread, stack, belonging)
                        .ifPresentOrElse(
                                found::add, () -> detach(thread, belonging).ifPresent(leftovers::add));
            }
        });
        for (Thread thread : virtualThreads.list()) {
            look(thread, thread.getStackTrace(), belonging).ifPresent(found::add);
        }
        stop(found, plugin, patience);
        found.forEach(one -> leftovers.add(report(one, plugin)));
        return leftovers;
    }

    /** A thread of the plugin, and in words what it was doing. */
    private record Found(Thread thread, String what) {}

    private Optional<Found> look(Thread thread, StackTraceElement[] stack, Belonging belonging) {
        Optional<String> place = place(stack, belonging.plugin());
        Optional<String> work = workers.workOf(thread, belonging);
        Object task = internals.get(Thread.class, "holder", thread);
        boolean own = belonging.isOwn(thread)
                || (task != null && belonging.isOwnOrHolds(internals.get(task.getClass(), "task", task)));
        if (place.isEmpty() && work.isEmpty() && !own) {
            return Optional.empty();
        }
        String doing = place.map(where -> " in " + where)
                .or(() -> work.map(text -> ", " + text))
                .orElse("");
        return Optional.of(new Found(thread, "'" + thread.getName() + "'" + doing));
    }

    private static Optional<String> place(StackTraceElement[] stack, PluginClassLoader plugin) {
        return Arrays.stream(stack)
                .filter(frame -> plugin.getName().equals(frame.getClassLoaderName()))
                .filter(frame -> !frame.getClassName().equals(LoopPoll.class.getName()))
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ", line " + frame.getLineNumber());
    }

    /** Takes the plugin's loader and exception handler off a thread, whoever's it is. */
    private static Optional<Leftover> detach(Thread thread, Belonging belonging) {
        if (thread.isAlive() && belonging.isOwn(thread.getUncaughtExceptionHandler())) {
            thread.setUncaughtExceptionHandler(null);
        }
        if (!belonging.isOwn(thread.getContextClassLoader())) {
            return Optional.empty();
        }
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        // The host's threads for this plugin have it on purpose, and end with it.
        return thread.getName().startsWith("mortise-")
                ? Optional.empty()
                : Optional.of(LeftoverKind.THREAD.cleaned(
                        "'" + thread.getName() + "' had the plugin's loader as its context class loader"));
    }

    private void stop(List<Found> found, PluginClassLoader plugin, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<Thread> alive = alive(found);
        // That they are stopped is reported; their last error need not stand on the console as well.
        alive.forEach(thread -> thread.setUncaughtExceptionHandler((stopped, error) -> {}));
        boolean patient = true;
        while (!alive.isEmpty() && patient) {
            for (Thread thread : alive) {
                plugin.pollSwitch().stop(thread);
                thread.interrupt();
                workers.end(thread, new Belonging(plugin));
            }
            patient = System.nanoTime() - end < 0 && waitFor(alive.getFirst());
            alive = alive(found);
        }
        alive.forEach(thread -> detach(thread, new Belonging(plugin)));
    }

    private static List<Thread> alive(List<Found> found) {
        return found.stream().map(Found::thread).filter(Thread::isAlive).toList();
    }

    /** @return false if the sweeping thread has been interrupted: it waits no longer */
    private static boolean waitFor(Thread thread) {
        try {
            thread.join(BETWEEN_ATTEMPTS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Leftover report(Found found, PluginClassLoader plugin) {
        if (found.thread().isAlive()) {
            return LeftoverKind.THREAD.remaining(found.what() + "; it does not end when it is interrupted");
        }
        plugin.pollSwitch().clear(found.thread());
        return LeftoverKind.THREAD.cleaned(found.what() + "; end it in onUnload, or use the context's executor");
    }
}
