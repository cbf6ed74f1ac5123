package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.FunctionException;
import dev.mortise.host.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QuarantineTest {

    private static final Duration COOL_DOWN = BreakerPolicy.DEFAULT.coolDown();

    private final ManualClock clock = new ManualClock();
    private final TestHost host = new TestHost(clock);
    private final PluginGuard plugin = host.plugin("demo");
    private final CallGuard guard = plugin.contribution(CallKind.FUNCTION, "work", TestHost.LONG);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void tenFailuresInARowQuarantineThePlugin() {
        fail(guard, 9);
        assertThat(host.call(guard, argument -> "called")).isEqualTo("called");
        fail(guard, 10);
        AtomicInteger begun = new AtomicInteger();
        Object refusal = host.call(guard, argument -> begun.incrementAndGet());
        assertThat(refusal).isInstanceOfSatisfying(CallFailure.Quarantined.class, quarantined -> {
            assertThat(quarantined.reason()).isEqualTo("function 'work' of plugin 'demo' had 10 failures in a row");
            assertThat(quarantined.retryAfter()).contains(COOL_DOWN);
            assertThat(quarantined.problem().code()).isEqualTo(ProblemCode.QUARANTINED);
            assertThat(quarantined.problem().message()).contains("tried again in 30 s");
        });
        assertThat(begun).hasValue(0);
        assertThat(host.breakerChanges).containsExactly("demo closed-open");
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::refused)
                .containsExactly(20L, 19L, 1L);
    }

    @Test
    void aContributionThatAlwaysFailsIsNotHiddenByOneThatNeverDoes() {
        CallGuard good = plugin.contribution(CallKind.FUNCTION, "good", TestHost.LONG);
        for (int i = 0; i < 10; i++) {
            fail(guard, 1);
            host.call(good, argument -> "fine");
        }
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Open.class);
        assertThat(host.call(good, argument -> "fine")).isInstanceOf(CallFailure.Quarantined.class);
    }

    @Test
    void otherPluginsAreNotConcerned() {
        fail(guard, 10);
        assertThat(host.call(host.function("other", TestHost.LONG), argument -> "fine"))
                .isEqualTo("fine");
    }

    @Test
    void lifeCycleStepsAreTakenNeverthelessAndDoNotTripTheBreaker() {
        CallGuard health = plugin.lifecycle("health", TestHost.LONG);
        fail(health, 100);
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        fail(guard, 10);
        assertThat(host.call(health, argument -> "healthy")).isEqualTo("healthy");
    }

    @Test
    void ofFiftyCallersExactlyOneIsTheProbe() throws Exception {
        fail(guard, 10);
        clock.advance(COOL_DOWN);
        CountDownLatch probing = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(49);
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Object>> results = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(50)) {
            for (int i = 0; i < 50; i++) {
                results.add(callers.submit(() -> {
                    start.await();
                    Object result = host.call(guard, argument -> {
                        begun.incrementAndGet();
                        probing.countDown();
                        refused.await();
                        return "probe";
                    });
                    refused.countDown();
                    return result;
                }));
            }
            start.countDown();
            probing.await();
            refused.await();
        }
        assertThat(begun).hasValue(1);
        assertThat(results.stream().map(Future::resultNow).filter("probe"::equals))
                .hasSize(1);
        assertThat(results.stream().map(Future::resultNow).filter(CallFailure.Quarantined.class::isInstance))
                .hasSize(49);
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        assertThat(host.breakerChanges)
                .containsExactly("demo closed-open", "demo open-half_open", "demo half_open-closed");
    }

    @Test
    void aProbeThatFailsQuarantinesForTwiceAsLong() {
        fail(guard, 10);
        clock.advance(COOL_DOWN);
        fail(guard, 1);
        assertThat(plugin.breaker())
                .isInstanceOfSatisfying(
                        BreakerState.Open.class,
                        open -> assertThat(open.retryAfter()).contains(COOL_DOWN.multipliedBy(2)));
        clock.advance(COOL_DOWN);
        assertThat(host.call(guard, argument -> "called")).isInstanceOf(CallFailure.Quarantined.class);
        clock.advance(COOL_DOWN);
        assertThat(host.call(guard, argument -> "called")).isEqualTo("called");
    }

    @Test
    void oldFailuresDoNotCountAfterASuccessfulProbe() {
        fail(guard, 10);
        clock.advance(COOL_DOWN);
        host.call(guard, argument -> "probe");
        fail(guard, 9);
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        fail(guard, 1);
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Open.class);
    }

    @Test
    void aProbeThatTheAuthorRefusesShowsThatThePluginWorks() {
        fail(guard, 10);
        clock.advance(COOL_DOWN);
        host.call(guard, argument -> {
            throw new FunctionException("no_such_thing", "There is none");
        });
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
    }

    @Test
    void aProbeThatIsNotBegunIsGivenBack() throws Exception {
        PluginGuard single = host.plugin("single", new GuardLimits(1, 4, BreakerPolicy.DEFAULT));
        CallGuard busy = single.contribution(CallKind.FUNCTION, "busy", TestHost.LONG);
        CallGuard failing = single.contribution(CallKind.FUNCTION, "failing", TestHost.LONG);
        fail(failing, 9);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            Future<Object> running = caller.submit(() -> host.call(busy, argument -> {
                inside.countDown();
                leave.await();
                throw new IllegalStateException("the tenth failure, of a call that had been let in before");
            }));
            inside.await();
            assertThat(host.call(failing, argument -> "called")).isInstanceOf(CallFailure.Saturated.class);
            leave.countDown();
            assertThat(running.get()).isInstanceOf(CallFailure.Threw.class);
        }
        fail(failing, 1);
        clock.advance(COOL_DOWN);
        CountDownLatch insideAgain = new CountDownLatch(1);
        CountDownLatch leaveAgain = new CountDownLatch(1);
        try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
            Future<Object> probe = caller.submit(() -> host.call(busy, argument -> {
                insideAgain.countDown();
                leaveAgain.await();
                throw new InterruptedException("says nothing about the plugin");
            }));
            insideAgain.await();
            leaveAgain.countDown();
            assertThat(probe.get()).isInstanceOf(CallFailure.Interrupted.class);
        }
        assertThat(host.call(busy, argument -> "the next probe")).isEqualTo("the next probe");
    }

    @Test
    void anOperatorReleasesAPlugin() {
        fail(guard, 10);
        plugin.release();
        assertThat(host.call(guard, argument -> "called")).isEqualTo("called");
    }

    @Test
    void aProbeThroughALaneIsOneToo() {
        fail(guard, 10);
        CallLane lane = plugin.lane(null);
        assertThat(host.call(lane, guard, argument -> "called")).isInstanceOf(CallFailure.Quarantined.class);
        assertThat(lane.threads())
                .as("no thread is made for a call that is refused")
                .isZero();
        clock.advance(COOL_DOWN);
        assertThat(host.call(lane, guard, argument -> "probe")).isEqualTo("probe");
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        assertThat(lane.close(Duration.ofDays(1))).isEmpty();
    }

    @Test
    void theWaitIsExposedAsItGoesBy() {
        fail(guard, 10);
        clock.advance(Duration.ofSeconds(12));
        assertThat(plugin.breaker())
                .isEqualTo(new BreakerState.Open(
                        "function 'work' of plugin 'demo' had 10 failures in a row",
                        Optional.of(Duration.ofSeconds(18))));
    }

    private void fail(CallGuard failing, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(host.call(failing, argument -> {
                        throw new IllegalStateException("boom");
                    }))
                    .isInstanceOf(CallFailure.Threw.class);
        }
    }
}
