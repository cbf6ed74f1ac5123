package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guards one instance of a plugin: makes the guards of its contributions, which share its concurrency limit and its
 * breaker.
 */
public final class PluginGuard {

    /** Threads beyond the concurrency limit, for life-cycle steps while all others are taken. */
    private static final int LIFECYCLE_THREADS = 4;

    private final Guards guards;
    private final PluginId plugin;
    private final StopSignal stopSignal;
    private final Breaker breaker;
    private final Gate gate;
    private final Gate lifecycleGate;
    private final AbandonedCalls abandoned;

    PluginGuard(Guards guards, PluginId plugin, GuardLimits limits, StopSignal stopSignal) {
        this.guards = guards;
        this.plugin = plugin;
        this.stopSignal = new QuietStopSignal(plugin, stopSignal);
        this.breaker = new Breaker(plugin, limits.breaker(), guards.listener());
        this.gate = new Gate(breaker, limits.concurrency());
        this.lifecycleGate =
                new Gate(new Breaker(plugin, BreakerPolicy.NEVER, BreakerListener.NONE), Integer.MAX_VALUE);
        this.abandoned = new AbandonedCalls(limits.maxAbandoned(), breaker, guards.clock(), guards.wallClock());
    }

    public PluginId plugin() {
        return plugin;
    }

    /** A guard for one contribution. Make it once, keep it as long as the contribution. */
    public CallGuard contribution(CallKind kind, String name, Duration timeout) {
        return guard(new Callee(plugin, kind, name), gate, timeout);
    }

    /**
     * A guard for a life-cycle step, such as start-up or a health check. It has a deadline and contains everything,
     * but neither the limit nor quarantine keeps the host from taking the step, and its failures do not trip the
     * breaker.
     */
    public CallGuard lifecycle(String step, Duration timeout) {
        return guard(new Callee(plugin, CallKind.LIFECYCLE, step), lifecycleGate, timeout);
    }

    private CallGuard guard(Callee callee, Gate through, Duration timeout) {
        CallGuard guard = new CallGuard(guards, this, callee, through, timeout);
        guards.registry().add(guard);
        return guard;
    }

    /**
     * Threads for this plugin. Its owner is whoever makes it.
     *
     * @param contextClassLoader of its threads, or null for the platform's
     */
    public CallLane lane(@Nullable ClassLoader contextClassLoader) {
        int threads = (int) Math.min(Integer.MAX_VALUE, (long) gate.limit() + LIFECYCLE_THREADS);
        return new CallLane(guards, LaneSettings.of(plugin.value(), threads), contextClassLoader);
    }

    /** Whether the plugin is quarantined at this moment. */
    public BreakerState breaker() {
        return breaker.state(guards.clock().nanoTime());
    }

    /** Ends a quarantine by an operator's hand. One because of stuck calls lasts until they return. */
    public void release() {
        breaker.reset(guards.clock().nanoTime());
    }

    /** Refuses every further call but life-cycle steps. Calls under way go on. */
    public void stop() {
        gate.shut();
    }

    /** Calls under way, with those that are stuck, without life-cycle steps. */
    public int inFlight() {
        return gate.inFlight();
    }

    /** The calls that the host has given up on and that still hold a thread. */
    public List<AbandonedCall> abandoned() {
        return abandoned.list();
    }

    StopSignal stopSignal() {
        return stopSignal;
    }

    AbandonedCalls abandonedCalls() {
        return abandoned;
    }
}
