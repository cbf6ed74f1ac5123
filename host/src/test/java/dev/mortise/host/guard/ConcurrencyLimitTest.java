package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyLimitTest {

    private final TestHost host = new TestHost();
    private final PluginGuard plugin = host.plugin("demo", new GuardLimits(3, 4, BreakerPolicy.DEFAULT));
    private final CallGuard one = plugin.contribution(CallKind.FUNCTION, "one", TestHost.LONG);
    private final CallGuard other = plugin.contribution(CallKind.FUNCTION, "other", TestHost.LONG);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void refusesExactlyTheCallsAboveTheLimitOfThePlugin() throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch leave = new CountDownLatch(1);
        List<Future<Object>> running = new ArrayList<>();
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            for (CallGuard guard : List.of(one, other, one)) {
                running.add(callers.submit(() -> host.call(guard, argument -> {
                    inside.countDown();
                    leave.await();
                    return "done";
                })));
            }
            inside.await();
            assertThat(plugin.inFlight()).isEqualTo(3);
            assertThat(one.statistics().inFlight()).isEqualTo(2);
            for (int i = 0; i < 7; i++) {
                assertThat(host.call(other, argument -> "called"))
                        .isInstanceOfSatisfying(
                                CallFailure.Saturated.class,
                                saturated ->
                                        assertThat(saturated.problem().code()).isEqualTo(ProblemCode.TOO_MANY_CALLS));
            }
            leave.countDown();
        }
        assertThat(running).allSatisfy(call -> assertThat(call.get()).isEqualTo("done"));
        assertThat(plugin.inFlight()).isZero();
        assertThat(one.statistics().calls() + other.statistics().calls()).isEqualTo(3);
        assertThat(other.statistics().refused()).isEqualTo(7);
        assertThat(host.call(other, argument -> "called")).isEqualTo("called");
    }

    @Test
    void neverLetsMoreInThanTheLimitAndLosesNoPlace() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            for (int t = 0; t < 8; t++) {
                callers.execute(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        Object result = host.call(one, argument -> {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                            return "done";
                        });
                        (result.equals("done") ? answered : refused).incrementAndGet();
                    }
                });
            }
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(answered.get() + refused.get()).isEqualTo(160_000);
        assertThat(one.statistics())
                .extracting(CallStatistics::calls, CallStatistics::refused, CallStatistics::inFlight)
                .containsExactly((long) answered.get(), (long) refused.get(), 0);
        assertThat(plugin.inFlight()).isZero();
    }
}
