package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.PluginId;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadlineTest {

    private final TestHost host = new TestHost();

    @AfterEach
    void close() {
        Thread.interrupted();
        host.close();
    }

    @Test
    void aSleepingCallIsInterruptedAtItsDeadline() {
        CallGuard guard = host.function("sleeper", TestHost.SHORT);
        long start = System.nanoTime();
        Object failure = host.call(guard, argument -> sleepForEver());
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TestHost.SHORT.toNanos());
        assertThat(failure)
                .isEqualTo(new CallFailure.DeadlineExceeded(guard.callee(), TestHost.SHORT, false))
                .isInstanceOfSatisfying(
                        CallFailure.class,
                        exceeded -> assertThat(exceeded.problem().code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::timeouts)
                .containsExactly(1L, 1L, 1L);
    }

    @Test
    void aResultThatComesAfterTheInterruptIsVoid() {
        CallGuard guard = host.function("swallower", TestHost.SHORT);
        Object failure = host.call(guard, argument -> {
            try {
                return sleepForEver();
            } catch (InterruptedException swallowed) {
                return "late";
            }
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
    }

    @Test
    void theDeadlineOfAVirtualThreadsCallHoldsToo() throws Exception {
        CallGuard guard = host.function("sleeper", TestHost.SHORT);
        List<Object> results = new ArrayList<>();
        Thread.ofVirtual()
                .start(() -> {
                    results.add(host.call(guard, argument -> sleepForEver()));
                    results.add(Thread.currentThread().isInterrupted());
                })
                .join();
        assertThat(results.get(0)).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(results.get(1)).isEqualTo(false);
    }

    @Test
    void aLoopIsLeftByTheStopSignalAndTheSignalIsCleared() {
        Polls polls = new Polls();
        CallGuard guard = polls.plugin(host).contribution(CallKind.FUNCTION, "spin", TestHost.SHORT);
        Object failure = host.call(guard, argument -> {
            while (true) {
                polls.poll();
            }
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(polls.isStopped(Thread.currentThread())).isFalse();
        assertThat(host.call(guard, argument -> {
                    polls.poll();
                    return "runs again";
                }))
                .isEqualTo("runs again");
    }

    @Test
    void aPluginThatCatchesTheStopIsStoppedAgainUntilItLeaves() {
        Polls polls = new Polls();
        polls.withdrawEachStop = true;
        CallGuard guard = polls.plugin(host).contribution(CallKind.FUNCTION, "spin", TestHost.SHORT);
        AtomicInteger caught = new AtomicInteger();
        Object failure = host.call(guard, argument -> {
            while (caught.get() < 4) {
                try {
                    polls.poll();
                } catch (StopError stop) {
                    caught.incrementAndGet();
                }
            }
            return "gave in";
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(polls.stops.get()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aStopSignalThatFailsEndsNeitherTheCallNorTheWatchdog() {
        PluginGuard plugin = host.guards.plugin(new PluginId("broken"), TestHost.LIMITS, new FailingStopSignal());
        CallGuard guard = plugin.contribution(CallKind.FUNCTION, "sleep", TestHost.SHORT);
        assertThat(host.call(guard, argument -> sleepForEver())).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(host.call(guard, argument -> sleepForEver())).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(plugin.inFlight()).isZero();
    }

    @Test
    void anInterruptThatWasThereBeforeEndsABlockingCallAndIsThereAfterwards() {
        CallGuard guard = host.function("sleeper", TestHost.LONG);
        Thread.currentThread().interrupt();
        Object failure = host.call(guard, argument -> sleepForEver());
        assertThat(failure).isEqualTo(new CallFailure.Interrupted(guard.callee()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(guard.statistics().failures()).isZero();
    }

    @Test
    void anInterruptBySomebodyElseDuringTheCallIsThereAfterwards() throws Exception {
        CallGuard guard = host.function("sleeper", TestHost.LONG);
        CountDownLatch inside = new CountDownLatch(1);
        List<Object> results = new ArrayList<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            results.add(host.call(guard, argument -> {
                inside.countDown();
                return sleepForEver();
            }));
            results.add(Thread.currentThread().isInterrupted());
        });
        inside.await();
        caller.interrupt();
        caller.join();
        assertThat(results.get(0)).isEqualTo(new CallFailure.Interrupted(guard.callee()));
        assertThat(results.get(1)).isEqualTo(true);
    }

    @Test
    void anEarlierInterruptOutlivesAnOverdueCallThatSwallowedIt() {
        CallGuard guard = host.function("swallower", TestHost.SHORT);
        Thread.currentThread().interrupt();
        Object failure = host.call(guard, argument -> {
            Thread.interrupted();
            return sleepForEver();
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInnerCallHasNoMoreTimeThanTheOuterOneHasLeft() {
        CallGuard outer = host.function("outer", TestHost.SHORT);
        CallGuard inner = host.function("inner", TestHost.LONG);
        List<Object> seenByOuter = new ArrayList<>();
        Object failure = host.call(outer, argument -> {
            seenByOuter.add(host.call(inner, innerArgument -> sleepForEver()));
            return sleepForEver();
        });
        assertThat(seenByOuter).singleElement().isInstanceOfSatisfying(CallFailure.DeadlineExceeded.class, exceeded -> {
            assertThat(exceeded.callee()).isEqualTo(inner.callee());
            assertThat(exceeded.deadline()).isLessThanOrEqualTo(TestHost.SHORT);
        });
        assertThat(failure).isEqualTo(new CallFailure.DeadlineExceeded(outer.callee(), TestHost.SHORT, false));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void theOuterCallGoesOnUndisturbedWhenAnInnerOneIsOverdue() {
        CallGuard outer = host.function("outer", TestHost.LONG);
        CallGuard inner = host.function("inner", TestHost.SHORT);
        Object result = host.call(outer, argument -> {
            Object innerResult = host.call(inner, innerArgument -> sleepForEver());
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return innerResult instanceof CallFailure.DeadlineExceeded ? "went on" : "not overdue?";
        });
        assertThat(result).isEqualTo("went on");
        assertThat(outer.statistics().failures()).isZero();
        assertThat(inner.statistics().timeouts()).isEqualTo(1);
    }

    @Test
    void manyNestedCallsEachComeBackToTheirOwnDeadline() {
        CallGuard guard = host.function("recursive", TestHost.LONG);
        assertThat(nest(guard, 40)).isEqualTo(40);
        assertThat(guard.statistics().calls()).isEqualTo(41);
    }

    private Object nest(CallGuard guard, int depth) {
        return host.call(guard, argument -> {
            assertThat(guard.statistics().inFlight()).isEqualTo(41 - depth);
            return depth == 0 ? 0 : 1 + (int) nest(guard, depth - 1);
        });
    }

    @Test
    void aCallThatIsOverdueCannotBeginAnother() {
        CallGuard outer = host.function("outer", TestHost.SHORT);
        PluginGuard plugin = host.plugin("inner");
        CallGuard inner = plugin.contribution(CallKind.FUNCTION, "work", TestHost.LONG);
        AtomicInteger begun = new AtomicInteger();
        AtomicReference<Object> seenByOuter = new AtomicReference<>();
        host.call(outer, argument -> {
            try {
                return sleepForEver();
            } catch (InterruptedException swallowed) {
                seenByOuter.set(host.call(inner, innerArgument -> begun.incrementAndGet()));
                return "late";
            }
        });
        assertThat(seenByOuter).hasValue(new CallFailure.TooLate(inner.callee()));
        assertThat(begun).hasValue(0);
        assertThat(inner.statistics().refused()).isEqualTo(1);
        assertThat(plugin.inFlight()).isZero();
    }

    @Test
    void aChainCanBeGivenADeadlineOfItsOwn() {
        CallGuard guard = host.function("sleeper", TestHost.LONG);
        CallChain chain = host.chain();
        chain.limit(chain.nanos() + TestHost.SHORT.toNanos()).limit(chain.nanos() + TestHost.LONG.toNanos());
        Object failure = guard.call(chain, argument -> sleepForEver(), "", mapped -> mapped);
        assertThat(failure).isEqualTo(new CallFailure.DeadlineExceeded(guard.callee(), TestHost.SHORT, false));
    }

    /**
     * Calls that end at about the moment at which they are interrupted, each followed by one that must not see any of
     * it.
     */
    @Test
    void anInterruptNeverReachesTheNextCall() throws Exception {
        PluginGuard plugin = host.plugin("edge", new GuardLimits(64, 4, BreakerPolicy.NEVER));
        CallGuard edge = plugin.contribution(CallKind.FUNCTION, "edge", Duration.ofNanos(30_000));
        CallGuard next = plugin.contribution(CallKind.FUNCTION, "next", TestHost.LONG);
        AtomicInteger leaks = new AtomicInteger();
        AtomicInteger overdue = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            SplittableRandom random = new SplittableRandom(t);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 50_000; i++) {
                    long nanos = random.nextLong(60_000);
                    Object result = host.call(edge, argument -> spin(nanos));
                    overdue.addAndGet(result instanceof CallFailure.DeadlineExceeded ? 1 : 0);
                    Object interrupted =
                            host.call(next, argument -> Thread.currentThread().isInterrupted());
                    leaks.addAndGet(
                            interrupted.equals(false) && !Thread.currentThread().isInterrupted() ? 0 : 1);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(leaks).hasValue(0);
        assertThat(overdue.get()).as("calls that were interrupted").isBetween(1_000, 99_000);
        assertThat(edge.statistics().calls()).isEqualTo(100_000);
        assertThat(edge.statistics().timeouts()).isEqualTo(overdue.get());
    }

    private static String spin(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
        return "done";
    }

    @Test
    void theWatchdogParksWhenNoCallIsUnderWayAndWakesForTheNext() {
        CallGuard guard = host.function("sleeper", TestHost.SHORT);
        for (int i = 0; i < 3; i++) {
            Awaiting.until(
                    "the watchdog parks for good", () -> host.guards.watchdog().state() == Thread.State.WAITING);
            assertThat(host.call(guard, argument -> sleepForEver())).isInstanceOf(CallFailure.DeadlineExceeded.class);
        }
    }

    @Test
    void theWatchdogEndsWithTheHost() {
        host.close();
        Awaiting.until("the watchdog has ended", () -> host.guards.watchdog().state() == Thread.State.TERMINATED);
    }

    @Test
    void aThreadThatHasUsedAHostDoesNotKeepIt() {
        WeakReference<Guards> used = useAndClose();
        Awaiting.until("the host is collected", () -> {
            System.gc();
            return used.refersTo(null);
        });
    }

    private static WeakReference<Guards> useAndClose() {
        try (TestHost passing = new TestHost()) {
            assertThat(passing.call(passing.function("demo", TestHost.LONG), argument -> "done"))
                    .isEqualTo("done");
            return new WeakReference<>(passing.guards);
        }
    }

    private static String sleepForEver() throws InterruptedException {
        while (true) {
            LockSupport.parkNanos(1_000_000_000);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
