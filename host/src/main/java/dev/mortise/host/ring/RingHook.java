package dev.mortise.host.ring;

import dev.mortise.api.Decision;
import dev.mortise.api.StateStore;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.guard.GuardedCall;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.spi.Contributions.HookHandler;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A hook of a running instance, the same in every generation that the instance belongs to. */
public final class RingHook implements GuardedCall<HookRun, @Nullable Object> {

    private final PluginId plugin;
    private final Version version;
    private final CallGuard guard;
    private final HookHandler handler;
    private final StateStore state;
    private final System.Logger log;
    private final boolean stoppable;
    private final ClassLoader context;
    private final LongAdder blocks = new LongAdder();
    private final LongAdder bypassed = new LongAdder();
    private volatile boolean nullReported;
    private volatile boolean resistanceReported;

    /**
     * A hook.
     *
     * @param stoppable whether it can be stopped at any time, wherever it is
     * @param context class loader for the threads that run it, or null for the platform's
     */
    public RingHook(
            PluginId plugin,
            Version version,
            CallGuard guard,
            HookHandler handler,
            StateStore state,
            System.Logger log,
            boolean stoppable,
            @Nullable ClassLoader context) {
        this.plugin = plugin;
        this.version = version;
        this.guard = guard;
        this.handler = handler;
        this.state = state;
        this.log = log;
        this.stoppable = stoppable;
        this.context = context == null ? ClassLoader.getPlatformClassLoader() : context;
    }

    public CallGuard guard() {
        return guard;
    }

    public long blocks() {
        return blocks.sum();
    }

    public long bypassed() {
        return bypassed.sum();
    }

    PluginId plugin() {
        return plugin;
    }

    Version version() {
        return version;
    }

    StateStore state() {
        return state;
    }

    /**
     * Whether it must run on a thread that its request can go on without. One that can be stopped at any time runs on the
     * request's own thread, until it has shown that it cannot.
     */
    boolean needsThread() {
        if (!stoppable) {
            return true;
        }
        if (!guard.hasResisted()) {
            return false;
        }
        reportResistance();
        return true;
    }

    private void reportResistance() {
        if (!resistanceReported) {
            resistanceReported = true;
            log.log(
                    System.Logger.Level.WARNING,
                    guard.callee()
                            + " could not be stopped at its deadline; from now on it runs on threads of its own");
        }
    }

    /** Under the guard: what the hook answers is checked here, so that an answer that makes no sense is its fault. */
    @Override
    public Decision call(HookRun run) throws Exception {
        if (!stoppable) {
            setContextClassLoader();
        }
        @Nullable Decision decision = handler.decide(run);
        if (decision == null) {
            reportNull();
            return Decision.passthrough();
        }
        run.check(decision);
        return decision;
    }

    private void setContextClassLoader() {
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != context) {
            thread.setContextClassLoader(context);
        }
    }

    private void reportNull() {
        if (!nullReported) {
            nullReported = true;
            log.log(
                    System.Logger.Level.WARNING,
                    guard.callee() + " returned null, which counts as passthrough; return Decision.passthrough()");
        }
    }

    void countBlock() {
        blocks.increment();
    }

    void countBypass() {
        bypassed.increment();
    }
}
