package dev.mortise.runtime.jvm.polls;

import dev.mortise.host.spi.StopSignal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides what the polls in the loops of one plugin instance do. While nobody is to be stopped they do nothing, and
 * compiled code does not contain them. From {@link #stop} to {@link #clear} they look at their thread, and throw in
 * the threads that are to leave.
 *
 * <p>All polls of the instance share one call site, so that a stop throws away compiled code of this instance only.
 * {@code stop} and {@code clear} may wait for running compiled code to reach a safepoint.
 */
public final class PollSwitch implements StopSignal {

    /** Code that has swallowed the error so often will never leave; parked, it at least leaves the processor alone. */
    private static final int PATIENCE = 10_000;

    private static final MethodHandle NOTHING = MethodHandles.empty(MethodType.methodType(void.class));

    private final List<PollSwitch> dependencies;
    private final MutableCallSite site = new MutableCallSite(NOTHING);
    private final MethodHandle check;
    private volatile Target[] targets = {};

    /** @param dependencies of the plugins that this one requires: their code runs in its calls */
    public PollSwitch(List<PollSwitch> dependencies) {
        this.dependencies = List.copyOf(dependencies);
        try {
            check = MethodHandles.lookup()
                    .findVirtual(PollSwitch.class, "check", MethodType.methodType(void.class))
                    .bindTo(this);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the poll of loops is missing", e);
        }
    }

    /** What a poll calls; the JVM compiles it as if it were its present target. */
    public MethodHandle poll() {
        return site.dynamicInvoker();
    }

    @Override
    public void stop(Thread thread) {
        synchronized (this) {
            List<Target> next = new ArrayList<>(List.of(targets));
            if (next.stream().noneMatch(target -> target.is(thread))) {
                next.removeIf(Target::hasEnded);
                next.add(new Target(thread));
                point(next, check);
            }
        }
        dependencies.forEach(dependency -> dependency.stop(thread));
    }

    @Override
    public void clear(Thread thread) {
        synchronized (this) {
            List<Target> next = new ArrayList<>();
            for (Target target : targets) {
                if (target.is(thread)) {
                    target.cleared = true;
                    LockSupport.unpark(thread);
                } else if (!target.hasEnded()) {
                    next.add(target);
                }
            }
            if (next.size() != targets.length) {
                point(next, next.isEmpty() ? NOTHING : check);
            }
        }
        dependencies.forEach(dependency -> dependency.clear(thread));
    }

    private void point(List<Target> next, MethodHandle poll) {
        targets = next.toArray(Target[]::new);
        if (!site.getTarget().equals(poll)) {
            site.setTarget(poll);
            MutableCallSite.syncAll(new MutableCallSite[] {site});
        }
    }

    /** What a poll does while somebody is to be stopped. */
    @SuppressWarnings("unused") // called through a method handle
    private void check() {
        for (Target target : targets) {
            if (target.is(Thread.currentThread())) {
                target.meet();
            }
        }
    }

    private static final class Target {

        private final Thread thread;
        volatile boolean cleared;
        private int thrown;

        Target(Thread thread) {
            this.thread = thread;
        }

        @SuppressWarnings("ReferenceEquality") // a plugin's thread class may say what it likes in equals
        boolean is(Thread other) {
            return thread == other;
        }

        boolean hasEnded() {
            return thread.getState() == Thread.State.TERMINATED;
        }

        /** Runs in the thread itself only. */
        void meet() {
            if (thrown < PATIENCE) {
                thrown++;
                throw new PluginStopped();
            }
            while (!cleared) {
                // An interrupt would make park return at once, and this loop spin.
                Thread.interrupted();
                LockSupport.park(this);
            }
        }
    }
}
