package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.FunctionException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.spi.PluginUnavailableException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CallGuardTest {

    private final TestHost host = new TestHost();
    private final PluginGuard plugin = host.plugin("demo");
    private final CallGuard guard = plugin.contribution(CallKind.FUNCTION, "work", TestHost.LONG);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void returnsWhatThePluginReturns() {
        assertThat(host.call(guard, argument -> argument + "!")).isEqualTo("argument!");
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::inFlight)
                .containsExactly(1L, 0L, 0);
    }

    @Test
    void nullIsAResultAndNotAFailure() {
        GuardedCall<String, @Nullable Object> nothing = argument -> null;
        assertThat(guard.<String, @Nullable Object>call(host.chain(), nothing, "argument", failure -> failure))
                .isNull();
        assertThat(guard.statistics().failures()).isZero();
    }

    static Stream<Arguments> whatPluginsThrow() {
        return Stream.of(
                Arguments.of(FaultKind.EXCEPTION, throwing(new IllegalStateException("boom"))),
                Arguments.of(FaultKind.EXCEPTION, throwing(new IOException("boom"))),
                Arguments.of(
                        FaultKind.EXCEPTION, (GuardedCall<String, Object>) argument -> 1 / (argument.length() - 8)),
                Arguments.of(FaultKind.LINKAGE, throwing(new NoSuchMethodError("boom"))),
                Arguments.of(FaultKind.LINKAGE, throwing(new ExceptionInInitializerError("boom"))),
                Arguments.of(FaultKind.ASSERTION, throwing(new AssertionError("boom"))),
                Arguments.of(FaultKind.STACK_OVERFLOW, (GuardedCall<String, Object>) CallGuardTest::recurse),
                Arguments.of(
                        FaultKind.OUT_OF_MEMORY, (GuardedCall<String, Object>) argument -> new long[Integer.MAX_VALUE]),
                Arguments.of(FaultKind.ERROR, throwing(new InternalError("boom"))),
                Arguments.of(FaultKind.ERROR, throwing(new StopError())),
                Arguments.of(FaultKind.ERROR, throwing(new Throwable("neither an exception nor an error"))));
    }

    @ParameterizedTest
    @MethodSource("whatPluginsThrow")
    void containsAndCountsWhateverThePluginThrows(FaultKind kind, GuardedCall<String, Object> target) {
        Object failure = host.call(guard, target);
        assertThat(failure).isInstanceOfSatisfying(CallFailure.Threw.class, threw -> {
            assertThat(threw.kind()).isEqualTo(kind);
            assertThat(threw.problem().code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
            assertThat(threw.problem().message()).contains("function 'work' of plugin 'demo'", threw.type());
        });
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::inFlight)
                .containsExactly(1L, 1L, 0);
        assertThat(plugin.inFlight()).isZero();
        assertThat(host.call(guard, argument -> "fine again")).isEqualTo("fine again");
    }

    @Test
    void saysWhatWasThrownAndWhere() {
        Object failure = host.call(guard, argument -> {
            throw new IllegalStateException("no such\nsensor");
        });
        assertThat(failure).isInstanceOfSatisfying(CallFailure.Threw.class, threw -> {
            assertThat(threw.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(threw.message()).isEqualTo("no such sensor");
            assertThat(threw.where()).contains("CallGuardTest", "CallGuardTest.java:");
        });
    }

    @Test
    void survivesAnExceptionWhoseOwnMethodsThrow() {
        Object failure = host.call(guard, argument -> {
            throw new HostileException(() -> {
                throw new StopError();
            });
        });
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CallFailure.Threw.class,
                        threw -> assertThat(threw.type()).contains("HostileException"));
        assertThat(guard.statistics().failures()).isEqualTo(1);
    }

    @Test
    void anExceptionWhoseMessageBlocksIsHeldToTheDeadlineToo() {
        CallGuard hurried = plugin.contribution(CallKind.FUNCTION, "hurried", TestHost.SHORT);
        CountDownLatch never = new CountDownLatch(1);
        Object failure = host.call(hurried, argument -> {
            throw new HostileException(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "done waiting";
            });
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cutsAHugeMessageShort() {
        Object failure = host.call(guard, argument -> {
            throw new IllegalStateException("x".repeat(50_000_000));
        });
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CallFailure.Threw.class,
                        threw -> assertThat(threw.message()).hasSize(500).endsWith("x…"));
    }

    @Test
    void keepsNothingOfWhatWasThrown() {
        List<Object> failures = new ArrayList<>();
        WeakReference<Throwable> thrown = throwSomethingOfItsOwn(failures);
        Awaiting.until("the exception is collected", () -> {
            System.gc();
            return thrown.refersTo(null);
        });
        assertThat(failures).singleElement().isInstanceOf(CallFailure.Threw.class);
        assertThat(host.traces.recent("demo", 10)).hasSize(1);
    }

    private WeakReference<Throwable> throwSomethingOfItsOwn(List<Object> failures) {
        Throwable exception = new HostileException(() -> "kept?");
        failures.add(host.call(guard, throwing(exception)));
        return new WeakReference<>(exception);
    }

    @Test
    void passesOnWhatTheAuthorForesawWithoutCountingIt() {
        JsonObject details = JsonObject.of("sensor", "t9");
        for (int i = 0; i < 100; i++) {
            Object failure = host.call(guard, argument -> {
                throw new FunctionException("no_such_sensor", "There is no sensor t9", details);
            });
            assertThat(failure).isInstanceOfSatisfying(CallFailure.Expected.class, expected -> {
                assertThat(expected.code()).isEqualTo("no_such_sensor");
                assertThat(expected.message()).isEqualTo("There is no sensor t9");
                assertThat(expected.details()).isEqualTo(details);
                assertThat(expected.problem().code()).isEqualTo(ProblemCode.FUNCTION_FAILED);
            });
        }
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::expectedFailures)
                .containsExactly(100L, 0L, 100L);
    }

    @Test
    void aPluginThatIsDownIsNotQuarantinedForTheCallsThatMissIt() {
        for (int i = 0; i < 100; i++) {
            Object failure = host.call(guard, argument -> {
                throw new PluginUnavailableException("it is being restarted");
            });
            assertThat(failure).isEqualTo(new CallFailure.Down(guard.callee(), "it is being restarted"));
        }
        assertThat(plugin.breaker()).isInstanceOf(BreakerState.Closed.class);
        assertThat(guard.statistics().failures()).isEqualTo(100);
    }

    @Test
    @SuppressWarnings("NullAway") // Authors compile without our null checks.
    void aForeseenFailureWithoutCodeOrDetailsIsStillOne() {
        Object failure = host.call(guard, argument -> {
            throw new FunctionException(null, null, null);
        });
        assertThat(failure).isEqualTo(new CallFailure.Expected(guard.callee(), "failed", "", JsonObject.EMPTY));
    }

    @Test
    void aChainReadsTheClockOnceMoreThanItHasCalls() {
        ManualClock clock = new ManualClock();
        try (TestHost manual = new TestHost(clock)) {
            CallGuard first = manual.function("first", TestHost.LONG);
            CallGuard second = manual.function("second", TestHost.LONG);
            manual.guards.close();
            Awaiting.until(
                    "the watchdog no longer reads the clock",
                    () -> manual.guards.watchdog().state() == Thread.State.TERMINATED);
            long before = clock.readings();
            CallChain chain = manual.chain();
            for (CallGuard each : new CallGuard[] {first, second, first, second, first}) {
                each.call(chain, argument -> argument, "argument", failure -> "failed");
                clock.advance(Duration.ofMillis(1));
            }
            assertThat(clock.readings() - before).isEqualTo(6);
        }
    }

    @Test
    void theEndOfACallIsTheStartOfTheNext() {
        ManualClock clock = new ManualClock();
        try (TestHost manual = new TestHost(clock)) {
            CallGuard slow = manual.function("slow", TestHost.LONG);
            CallGuard quick = manual.function("quick", TestHost.LONG);
            CallChain chain = manual.chain();
            slow.call(chain, argument -> takes(clock, Duration.ofMillis(3)), "", failure -> "failed");
            quick.call(chain, argument -> takes(clock, Duration.ofMillis(1)), "", failure -> "failed");
            assertThat(slow.statistics().latency().max()).isEqualTo(Duration.ofMillis(3));
            assertThat(quick.statistics().latency().max()).isEqualTo(Duration.ofMillis(1));
        }
    }

    private static String takes(ManualClock clock, Duration time) {
        clock.advance(time);
        return "done";
    }

    @Test
    void aBusyContributionReadsTheClockLessOftenAndCountsEveryCall() {
        ManualClock clock = new ManualClock();
        try (TestHost manual = new TestHost(clock)) {
            CallGuard busy = manual.function("busy", TestHost.LONG);
            manual.guards.close();
            Awaiting.until(
                    "the watchdog no longer reads the clock",
                    () -> manual.guards.watchdog().state() == Thread.State.TERMINATED);
            int calls = 100_000;

            long before = clock.readings();
            CallChain chain = manual.chain();
            for (int i = 0; i < calls; i++) {
                busy.call(chain, argument -> argument, "argument", failure -> "failed");
            }
            assertThat(clock.readings() - before).as("of a chain").isLessThanOrEqualTo(calls + 1);

            long between = clock.readings();
            for (int i = 0; i < calls; i++) {
                busy.call(chain.refresh(), argument -> argument, "argument", failure -> "failed");
            }
            assertThat(clock.readings() - between)
                    .as("of calls by themselves, begun and sometimes ended")
                    .isBetween((long) calls, calls + calls / 7L);
            assertThat(busy.statistics().calls()).isEqualTo(2 * calls);
        }
    }

    @Test
    void timeBetweenTwoCallsIsNotTakenFromTheSecondIfTheEndOfTheFirstWasNotRead() {
        ManualClock clock = new ManualClock();
        try (TestHost manual = new TestHost(clock)) {
            CallGuard busy = manual.function("busy", TestHost.LONG);
            CallChain chain = manual.chain();
            long timed = 0;
            for (int i = 0; i < 10_000; i++) {
                busy.call(chain, argument -> argument, "argument", failure -> "failed");
                long end = clock.nanoTime();
                clock.advance(Duration.ofSeconds(1));
                long next = chain.nanos();
                assertThat(next).isIn(end, clock.nanoTime());
                timed += next == end ? 1 : 0;
                String answer = busy.call(chain.refresh(), argument -> argument, "argument", failure -> "failed");
                assertThat(answer).isEqualTo("argument");
            }
            assertThat(timed).isLessThan(10_000);
        }
    }

    @Test
    void aLongCallOfABusyContributionIsTimed() {
        CallChain chain = host.chain();
        for (int i = 0; i < 50_000; i++) {
            guard.call(chain, argument -> argument, "argument", failure -> failure);
        }
        for (int i = 0; i < 20; i++) {
            long[] took = {0};
            guard.call(
                    chain,
                    argument -> {
                        long began = System.nanoTime();
                        long looks = host.guards.watchdog().looks();
                        Awaiting.until(
                                "the watchdog looks twice",
                                () -> host.guards.watchdog().looks() - looks > 1);
                        took[0] = System.nanoTime() - began;
                        return argument;
                    },
                    "argument",
                    failure -> failure);
            assertThat(guard.statistics().latency().max()).isGreaterThanOrEqualTo(Duration.ofNanos(took[0]));
        }
    }

    @Test
    void aMappingMayThrowWhatItsCallerWants() {
        assertThatThrownBy(() -> guard.call(host.chain(), throwing(new IllegalStateException()), "", failure -> {
                    throw new UnsupportedOperationException(failure.problem().message());
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(plugin.inFlight()).isZero();
    }

    @Test
    void aPluginAtTheEndOfItsStackCannotUpsetTheGuardOfAnother() throws Exception {
        PluginGuard other = host.plugin("other");
        CallGuard inner = other.contribution(CallKind.FUNCTION, "inner", TestHost.LONG);
        List<Object> results = new ArrayList<>();
        Runnable rounds = () -> {
            for (int i = 0; i < 100; i++) {
                int round = i;
                results.add(host.call(guard, argument -> callAtTheEdge(inner, host.chain(), round % 7, round, 1)));
            }
        };
        Thread smallStack = new Thread(null, rounds, "test-small-stack", 256 << 10);
        smallStack.start();
        smallStack.join();
        assertThat(results).hasSize(100).containsOnly("argument");
        assertThat(other.inFlight()).isZero();
        assertThat(plugin.inFlight()).isZero();
        assertThat(host.call(inner, argument -> "fine")).isEqualTo("fine");
    }

    /** Overflows the stack, then calls from each frame on the way back until there is enough of it for a call. */
    @SuppressWarnings("InfiniteRecursion") // as intended
    private Object callAtTheEdge(CallGuard inner, CallChain chain, int step, long a, long b) {
        try {
            // Frames of two sizes, so that the edge lies elsewhere in each round.
            return step == 0 ? callAtTheEdge(inner, chain, 6, a, b) : callFromALargerFrame(inner, chain, step, a, b);
        } catch (StackOverflowError edge) {
            return inner.call(chain, argument -> argument, "argument", failure -> failure);
        }
    }

    private Object callFromALargerFrame(CallGuard inner, CallChain chain, int step, long a, long b) {
        long c = a ^ b;
        long d = c * 31;
        Object result = callAtTheEdge(inner, chain, step - 1, d, c);
        return c == d + 1 ? "" : result;
    }

    @Test
    void refusesADeadlineThatIsNone() {
        assertThatThrownBy(() -> plugin.contribution(CallKind.HOOK, "h", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hook 'h' of plugin 'demo'");
        assertThatThrownBy(() -> plugin.contribution(CallKind.HOOK, "h", Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStoppedPluginTakesNoCallsButLifeCycleSteps() {
        CallGuard unload = plugin.lifecycle("unload", TestHost.LONG);
        plugin.stop();
        assertThat(host.call(guard, argument -> "called")).isEqualTo(new CallFailure.Stopped(guard.callee()));
        assertThat(host.call(unload, argument -> "unloaded")).isEqualTo("unloaded");
        assertThat(guard.statistics())
                .extracting(CallStatistics::calls, CallStatistics::refused)
                .containsExactly(0L, 1L);
    }

    private static GuardedCall<String, Object> throwing(Throwable thrown) {
        return new GuardedCall<>() {
            @Override
            public Object call(String argument) throws Throwable {
                throw thrown;
            }

            @Override
            public String toString() {
                return thrown.getClass().getSimpleName();
            }
        };
    }

    @SuppressWarnings("InfiniteRecursion") // as intended
    private static Object recurse(String argument) {
        return recurse(argument + "") + argument;
    }
}
