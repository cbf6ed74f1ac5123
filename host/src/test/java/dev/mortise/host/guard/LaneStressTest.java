package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that end just before, at and after the moment at which their callers give up on them. */
@Timeout(120)
class LaneStressTest {

    private static final int CALLERS = 8;
    private static final int CALLS = 1_000;
    private static final Duration DEADLINE = Duration.ofMillis(1);
    private static final Duration GRACE = Duration.ofNanos(200_000);

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger foreign = new AtomicInteger();

    @Test
    void everyCallerGetsItsOwnResultOrFailureAndEveryThreadComesBack() throws Exception {
        try (TestHost host = new TestHost()) {
            PluginGuard plugin = host.plugin("demo", new GuardLimits(32, 32, BreakerPolicy.NEVER));
            CallGuard guard = plugin.contribution(CallKind.FUNCTION, "work", DEADLINE);
            LaneSettings settings = new LaneSettings("demo", 32, Duration.ofMillis(5), GRACE);
            CallLane lane = new CallLane(host.guards, settings, null);
            List<Future<?>> callers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int c = 0; c < CALLERS; c++) {
                    SplittableRandom random = new SplittableRandom(c);
                    callers.add(threads.submit(() -> callOften(host, lane, guard, random)));
                }
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            Awaiting.until("all calls have come back", () -> plugin.inFlight() == 0);

            assertThat(foreign).as("results of somebody else's call").hasValue(0);
            assertThat(answered.get() + overdue.get() + stuck.get() + refused.get())
                    .isEqualTo(CALLERS * CALLS);
            assertThat(answered.get()).isPositive();
            assertThat(stuck.get()).isPositive();
            assertThat(guard.statistics())
                    .extracting(
                            CallStatistics::calls,
                            CallStatistics::failures,
                            CallStatistics::timeouts,
                            CallStatistics::refused,
                            CallStatistics::inFlight,
                            CallStatistics::abandoned)
                    .containsExactly(
                            (long) answered.get() + overdue.get() + stuck.get(),
                            (long) overdue.get() + stuck.get(),
                            (long) overdue.get() + stuck.get(),
                            (long) refused.get(),
                            0,
                            0);
            assertThat(plugin.abandoned()).isEmpty();
            assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
            assertThat(lane.close(TestHost.LONG)).isEmpty();
        }
    }

    private void callOften(TestHost host, CallLane lane, CallGuard guard, SplittableRandom random) {
        for (int i = 0; i < CALLS; i++) {
            String own = "call " + random.nextLong();
            long nanos = random.nextLong(2 * DEADLINE.toNanos());
            boolean deaf = random.nextBoolean();
            Object result = lane.<String, Object>call(
                    guard, host.chain(), argument -> work(argument, nanos, deaf), own, failure -> failure);
            switch (result) {
                case String value -> (value.equals(own) ? answered : foreign).incrementAndGet();
                case CallFailure.DeadlineExceeded exceeded -> (exceeded.stuck() ? stuck : overdue).incrementAndGet();
                case CallFailure.Saturated _ -> refused.incrementAndGet();
                default -> throw new AssertionError("not expected: " + result);
            }
        }
    }

    /** Takes its time, whether or not it is interrupted if it is deaf. */
    private static String work(String argument, long nanos, boolean deaf) throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new AssertionError("interrupted before it had begun");
        }
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(50_000);
            if (Thread.interrupted() && !deaf) {
                throw new InterruptedException();
            }
        }
        return argument;
    }
}
