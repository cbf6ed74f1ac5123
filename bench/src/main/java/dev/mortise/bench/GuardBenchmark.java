package dev.mortise.bench;

import dev.mortise.host.guard.BreakerListener;
import dev.mortise.host.guard.CallChain;
import dev.mortise.host.guard.CallFailure;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.guard.CallKind;
import dev.mortise.host.guard.GuardLimits;
import dev.mortise.host.guard.GuardedCall;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.guard.NanoClock;
import dev.mortise.host.guard.TraceRing;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the guard adds to a call: one hook or five, of as many plugins, called directly and through the guard. The hooks
 * differ in class, so that the compiler sees no more through the guarded chain than through the direct one.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class GuardBenchmark {

    private static final int LENGTH = 5;

    /** Generous, so that a busy machine does not end a measurement. What a call costs does not depend on it. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** Plugins and their guards, shared by all threads as in a host. */
    @State(Scope.Benchmark)
    public static class Host {

        Guards guards;
        final GuardedCall<Message, Message>[] hooks = BenchmarkHooks.five();
        final CallGuard[] guarded = new CallGuard[LENGTH];

        @Setup(Level.Trial)
        public void start() {
            guards = Guards.start(NanoClock.SYSTEM, InstantSource.system(), new TraceRing(1_000), BreakerListener.NONE);
            for (int i = 0; i < LENGTH; i++) {
                guarded[i] = guards.plugin(new PluginId("plugin-" + i), GuardLimits.of(Limits.DEFAULT), StopSignal.NONE)
                        .contribution(CallKind.HOOK, "hook", DEADLINE);
            }
        }

        @TearDown(Level.Trial)
        public void stop() {
            guards.close();
        }
    }

    /** The same with every call traced. */
    @State(Scope.Benchmark)
    public static class TracedHost extends Host {

        @Override
        @Setup(Level.Trial)
        public void start() {
            super.start();
            guards.traces().turnOn();
        }
    }

    /** One request. */
    @State(Scope.Thread)
    public static class Request {

        final Message message = new Message();
        CallChain chain;

        @Setup(Level.Trial)
        public void begin(Host host) {
            chain = host.guards.chain(TRACE_ID, "bench", 1);
        }
    }

    /** One request to a host that traces. */
    @State(Scope.Thread)
    public static class TracedRequest {

        final Message message = new Message();
        CallChain chain;

        @Setup(Level.Trial)
        public void begin(TracedHost host) {
            chain = host.guards.chain(TRACE_ID, "bench", 1);
        }
    }

    /** What the hooks work on. */
    public static final class Message {
        long sum;
    }

    @Benchmark
    public Message oneDirect(Host host, Request request) throws Throwable {
        return host.hooks[0].call(request.message);
    }

    /** With both clock reads of its own. */
    @Benchmark
    public Message oneGuarded(Host host, Request request) {
        return host.guarded[0].call(request.chain.refresh(), host.hooks[0], request.message, GuardBenchmark::failed);
    }

    @Benchmark
    public Message fiveDirect(Host host, Request request) throws Throwable {
        Message message = request.message;
        for (int i = 0; i < LENGTH; i++) {
            message = host.hooks[i].call(message);
        }
        return message;
    }

    /** One clock read more than there are hooks. */
    @Benchmark
    public Message fiveGuarded(Host host, Request request) {
        return fiveGuarded(host, request.message, request.chain.refresh());
    }

    /** Each call also leaves a record of itself. */
    @Benchmark
    public Message fiveTraced(TracedHost host, TracedRequest request) {
        return fiveGuarded(host, request.message, request.chain.refresh());
    }

    private static Message fiveGuarded(Host host, Message first, CallChain chain) {
        Message message = first;
        for (int i = 0; i < LENGTH; i++) {
            message = host.guarded[i].call(chain, host.hooks[i], message, GuardBenchmark::failed);
        }
        return message;
    }

    /** What one reading of the clock costs, for comparison. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    private static Message failed(CallFailure failure) {
        throw new IllegalStateException(failure.problem().message());
    }
}
