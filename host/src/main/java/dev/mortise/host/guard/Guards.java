package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.time.InstantSource;

/** What the guards of all plugins of one host share: clock, watchdog, traces. The host closes it when it ends. */
public final class Guards implements AutoCloseable {

    private final NanoClock clock;
    private final InstantSource wallClock;
    private final TraceRing traces;
    private final BreakerListener listener;
    private final GuardRegistry registry = new GuardRegistry();
    private final DeadlineWatchdog watchdog;

    private Guards(NanoClock clock, InstantSource wallClock, TraceRing traces, BreakerListener listener) {
        this.clock = clock;
        this.wallClock = wallClock;
        this.traces = traces;
        this.listener = listener;
        this.watchdog = new DeadlineWatchdog(clock, registry);
    }

    /**
     * Starts the watchdog.
     *
     * @param clock for deadlines, cool-downs and durations
     * @param wallClock for points in time that people see
     * @param listener hears of quarantines
     */
    public static Guards start(NanoClock clock, InstantSource wallClock, TraceRing traces, BreakerListener listener) {
        return new Guards(clock, wallClock, traces, listener);
    }

    /**
     * A guard for one instance of a plugin.
     *
     * @param stopSignal of the instance's runtime; used by the watchdog, so it must not block
     */
    public PluginGuard plugin(PluginId plugin, GuardLimits limits, StopSignal stopSignal) {
        return new PluginGuard(this, plugin, limits, stopSignal);
    }

    /**
     * Begins a chain of calls on the current thread, now.
     *
     * @param caller a token's name, {@code plugin:} and an id, or {@code host}
     */
    public CallChain chain(String traceId, String caller, long generation) {
        return new CallChain(this, traceId, caller, generation, clock.nanoTime());
    }

    public TraceRing traces() {
        return traces;
    }

    /** Ends the watchdog. Calls still under way have no deadline any more. */
    @Override
    public void close() {
        watchdog.close();
    }

    NanoClock clock() {
        return clock;
    }

    InstantSource wallClock() {
        return wallClock;
    }

    BreakerListener listener() {
        return listener;
    }

    GuardRegistry registry() {
        return registry;
    }

    DeadlineWatchdog watchdog() {
        return watchdog;
    }
}
