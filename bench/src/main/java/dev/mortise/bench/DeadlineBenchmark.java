package dev.mortise.bench;

import dev.mortise.host.guard.BreakerListener;
import dev.mortise.host.guard.BreakerPolicy;
import dev.mortise.host.guard.CallFailure;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.guard.CallKind;
import dev.mortise.host.guard.CallLane;
import dev.mortise.host.guard.GuardLimits;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.guard.NanoClock;
import dev.mortise.host.guard.TraceRing;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StopSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
 * When a caller gets control back: from a call on a thread of the plugin's own that does nothing, that sleeps past its
 * deadline of 20 ms, and that waits for a lock which it never gets, so that its thread cannot be had back.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class DeadlineBenchmark {

    private static final Duration DEADLINE = Duration.ofMillis(20);

    private Guards guards;
    private CallGuard guard;
    private CallLane lane;
    private ReentrantLock lock;

    @Setup(Level.Trial)
    public void start() {
        guards = Guards.start(NanoClock.SYSTEM, InstantSource.system(), new TraceRing(1_000), BreakerListener.NONE);
        // Nothing but failures: the breaker must not be what ends them.
        BreakerPolicy patient = new BreakerPolicy(
                Integer.MAX_VALUE, 1, Integer.MAX_VALUE, DEADLINE, Duration.ofDays(1), Duration.ofDays(1));
        var plugin = guards.plugin(new PluginId("plugin"), new GuardLimits(64, 32, patient), StopSignal.NONE);
        guard = plugin.contribution(CallKind.FUNCTION, "work", DEADLINE);
        lane = plugin.lane(null);
    }

    @Setup(Level.Invocation)
    public void lock() {
        lock = new ReentrantLock();
        lock.lock();
    }

    @TearDown(Level.Invocation)
    public void unlock() {
        lock.unlock();
    }

    @TearDown(Level.Trial)
    public void stop() {
        lane.close(Duration.ofSeconds(10));
        guards.close();
    }

    @Benchmark
    public Object handOver() {
        return lane.call(guard, guards.chain("", "bench", 1), argument -> argument, "", DeadlineBenchmark::code);
    }

    @Benchmark
    public Object sleeping() {
        CountDownLatch never = new CountDownLatch(1);
        return overdue(lane.<CountDownLatch, Object>call(
                guard,
                guards.chain("", "bench", 1),
                latch -> {
                    latch.await();
                    return latch;
                },
                never,
                DeadlineBenchmark::code));
    }

    @Benchmark
    public Object stuck() {
        return overdue(lane.<ReentrantLock, Object>call(
                guard,
                guards.chain("", "bench", 1),
                held -> {
                    held.lock();
                    try {
                        return held;
                    } finally {
                        held.unlock();
                    }
                },
                lock,
                DeadlineBenchmark::code));
    }

    private static Object code(CallFailure failure) {
        return failure.problem().code().code();
    }

    /** On a machine that is too busy, no thread may come to begin the call in time; its caller goes on all the same. */
    private static Object overdue(Object result) {
        if (!result.equals("deadline_exceeded") && !result.equals("too_many_calls")) {
            throw new IllegalStateException("expected a call that is overdue and got " + result);
        }
        return result;
    }
}
