package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The guards of a host, with what tests want to see of them. */
final class TestHost implements AutoCloseable {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(30);
    static final GuardLimits LIMITS = new GuardLimits(64, 4, BreakerPolicy.DEFAULT);

    final TraceRing traces = new TraceRing(100);
    final List<String> breakerChanges = new CopyOnWriteArrayList<>();
    final Guards guards;

    TestHost() {
        this(NanoClock.SYSTEM);
    }

    TestHost(NanoClock clock) {
        guards = Guards.start(
                clock,
                InstantSource.system(),
                traces,
                (plugin, before, after) -> breakerChanges.add(plugin + " " + before.label() + "-" + after.label()));
    }

    PluginGuard plugin(String id) {
        return plugin(id, LIMITS);
    }

    PluginGuard plugin(String id, GuardLimits limits) {
        return guards.plugin(new PluginId(id), limits, StopSignal.NONE);
    }

    /** A function of a plugin of its own. */
    CallGuard function(String plugin, Duration timeout) {
        return plugin(plugin).contribution(CallKind.FUNCTION, "work", timeout);
    }

    CallChain chain() {
        return guards.chain(TRACE, "tester", 7);
    }

    /** Calls and returns the value or the failure. */
    Object call(CallGuard guard, GuardedCall<String, Object> target) {
        return guard.call(chain(), target, "argument", failure -> failure);
    }

    Object call(CallLane lane, CallGuard guard, GuardedCall<String, Object> target) {
        return lane.call(guard, chain(), target, "argument", failure -> failure);
    }

    @Override
    public void close() {
        guards.close();
    }
}
