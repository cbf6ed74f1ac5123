package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallLaneTest {

    private final TestHost host = new TestHost();
    private final PluginGuard plugin = host.plugin("demo");
    private final CallLane lane = plugin.lane(null);
    private final CallGuard patient = plugin.contribution(CallKind.FUNCTION, "work", TestHost.LONG);
    private final CallGuard hurried = plugin.contribution(CallKind.FUNCTION, "hurried", TestHost.SHORT);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        Thread.interrupted();
        callers.close();
        assertThat(lane.close(TestHost.LONG)).as("threads that have not ended").isEmpty();
        host.close();
    }

    @Test
    void runsCallsOnThreadsOfThePluginsOwn() {
        Object name =
                host.call(lane, patient, argument -> Thread.currentThread().getName());
        assertThat(name).isEqualTo("mortise-call-demo-1");
        assertThat(host.call(lane, patient, argument -> Thread.currentThread().getName()))
                .as("the thread is used again")
                .isEqualTo(name);
        assertThat(host.call(lane, patient, argument -> Thread.currentThread().isVirtual()))
                .isEqualTo(false);
    }

    @Test
    void theCallersWhoComeTogetherGetAThreadEach() throws Exception {
        CountDownLatch allInside = new CountDownLatch(8);
        List<CompletableFuture<Object>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(async(() -> host.call(lane, patient, argument -> {
                allInside.countDown();
                allInside.await();
                return Thread.currentThread().getName();
            })));
        }
        assertThat(results.stream().map(CompletableFuture::join).distinct()).hasSize(8);
    }

    @Test
    void aCallerGoesOnWithoutAThreadThatWaitsForALock() throws Exception {
        goesOnWithout("waitForLock", Stuck::waitForLock, "Unsafe.park");
    }

    @Test
    void aCallerGoesOnWithoutAThreadThatWaitsForAMonitor() throws Exception {
        goesOnWithout("waitForMonitor", Stuck::waitForMonitor, "Stuck.java");
    }

    private void goesOnWithout(String name, GuardedCall<Stuck, Object> way, String place) throws Exception {
        try (Stuck stuck = new Stuck()) {
            Object failure = lane.call(hurried, host.chain(), way, stuck, mapped -> mapped);

            assertThat(failure).isEqualTo(new CallFailure.DeadlineExceeded(hurried.callee(), TestHost.SHORT, true));
            assertThat(plugin.abandoned()).singleElement().satisfies(call -> {
                assertThat(call.callee()).isEqualTo(hurried.callee());
                assertThat(call.thread()).isEqualTo("mortise-call-demo-1");
                assertThat(call.where()).contains(name).contains(place);
            });
            assertThat(hurried.statistics())
                    .extracting(
                            CallStatistics::calls,
                            CallStatistics::timeouts,
                            CallStatistics::inFlight,
                            CallStatistics::abandoned)
                    .containsExactly(1L, 1L, 1, 1);
            assertThat(host.call(lane, patient, argument -> "others go on")).isEqualTo("others go on");

            stuck.release();
            Awaiting.until("the thread has come back", () -> plugin.abandoned().isEmpty() && plugin.inFlight() == 0);
            assertThat(hurried.statistics())
                    .as("the late result is not counted again")
                    .extracting(CallStatistics::calls, CallStatistics::failures, CallStatistics::abandoned)
                    .containsExactly(1L, 1L, 0);
        }
    }

    @Test
    void tooManyStuckCallsQuarantineThePluginUntilOneReturns() throws Exception {
        try (Stuck stuck = new Stuck()) {
            for (int i = 0; i < 4; i++) {
                assertThat(host.call(lane, hurried, argument -> stuck.waitForLock()))
                        .isInstanceOf(CallFailure.DeadlineExceeded.class);
            }
            assertThat(plugin.breaker())
                    .isEqualTo(
                            new BreakerState.Open("4 of its calls are stuck and cannot be stopped", Optional.empty()));
            assertThat(host.call(lane, patient, argument -> "called")).isInstanceOf(CallFailure.Quarantined.class);
            assertThat(lane.threads()).isEqualTo(4);
            assertThat(host.breakerChanges).containsExactly("demo closed-open");

            stuck.release();
            Awaiting.until(
                    "the threads have come back", () -> plugin.abandoned().isEmpty());
            assertThat(host.call(lane, patient, argument -> "called")).isEqualTo("called");
            assertThat(host.breakerChanges).containsExactly("demo closed-open", "demo open-closed");
        }
    }

    @Test
    void anAbandonedCallKeepsItsPlaceUnderTheConcurrencyLimit() throws Exception {
        PluginGuard single = host.plugin("single", new GuardLimits(1, 4, BreakerPolicy.DEFAULT));
        CallGuard guard = single.contribution(CallKind.FUNCTION, "work", TestHost.SHORT);
        CallLane singleLane = single.lane(null);
        try (Stuck stuck = new Stuck()) {
            host.call(singleLane, guard, argument -> stuck.waitForLock());
            assertThat(host.call(singleLane, guard, argument -> "second"))
                    .isInstanceOfSatisfying(
                            CallFailure.Saturated.class,
                            saturated -> assertThat(saturated.reason()).contains("1 of them stuck"));
        }
        Awaiting.until("the thread has come back", () -> single.inFlight() == 0);
        assertThat(host.call(singleLane, guard, argument -> "second")).isEqualTo("second");
        assertThat(singleLane.close(TestHost.LONG)).isEmpty();
    }

    @Test
    void aSpinningCallIsThrownOutAndItsThreadUsedAgain() {
        Polls polls = new Polls();
        PluginGuard spinner = polls.plugin(host);
        CallGuard guard = spinner.contribution(CallKind.FUNCTION, "spin", TestHost.SHORT);
        CallLane spinners = spinner.lane(null);
        Object failure = host.call(spinners, guard, argument -> {
            while (true) {
                polls.poll();
            }
        });
        assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
        Awaiting.until("the thread has left", () -> spinner.inFlight() == 0);
        assertThat(host.call(spinners, guard, argument -> "again")).isEqualTo("again");
        assertThat(spinners.close(TestHost.LONG)).isEmpty();
    }

    @Test
    void anInterruptedCallerStillGetsItsResultAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThat(host.call(lane, patient, argument -> "done")).isEqualTo("done");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatAPluginDoesToItsThreadDoesNotReachTheNextCall() {
        host.call(lane, patient, argument -> {
            Thread.currentThread().interrupt();
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
            Thread.currentThread().setName("renamed");
            return "";
        });
        Object seen = host.call(lane, patient, argument -> {
            Thread current = Thread.currentThread();
            return List.of(current.getName(), current.isInterrupted(), current.getContextClassLoader());
        });
        assertThat(seen).isEqualTo(List.of("mortise-call-demo-1", false, ClassLoader.getPlatformClassLoader()));
    }

    @Test
    void aPluginThatInterruptsItsOwnThreadDoesNotInterruptThePluginThatCalledIt() {
        CallGuard inner = host.function("inner", TestHost.LONG);
        assertThat(host.call(lane, patient, argument -> {
                    host.call(inner, innerArgument -> {
                        Thread.currentThread().interrupt();
                        return "";
                    });
                    return Thread.currentThread().isInterrupted();
                }))
                .isEqualTo(false);
    }

    @Test
    void aCallFromTheLanesOwnThreadRunsOnThatThread() {
        Object names = host.call(lane, patient, argument -> {
            Object inner = host.call(
                    lane, patient, innerArgument -> Thread.currentThread().getName());
            return Thread.currentThread().getName() + " " + inner;
        });
        assertThat(names).isEqualTo("mortise-call-demo-1 mortise-call-demo-1");
    }

    @Test
    void aPluginsCallIntoAnotherEndsWithItsOwnDeadline() throws Exception {
        PluginGuard other = host.plugin("other");
        CallLane otherLane = other.lane(null);
        CallGuard slow = other.contribution(CallKind.FUNCTION, "slow", TestHost.LONG);
        try (Stuck stuck = new Stuck()) {
            CompletableFuture<Object> seenByPlugin = new CompletableFuture<>();
            Object failure = host.call(lane, hurried, argument -> {
                seenByPlugin.complete(host.call(otherLane, slow, inner -> stuck.waitForLock()));
                return "too late";
            });
            assertThat(failure).isInstanceOf(CallFailure.DeadlineExceeded.class);
            assertThat(seenByPlugin.join()).isInstanceOfSatisfying(CallFailure.DeadlineExceeded.class, inner -> {
                assertThat(inner.callee()).isEqualTo(slow.callee());
                assertThat(inner.deadline()).isLessThanOrEqualTo(TestHost.SHORT);
                assertThat(inner.stuck()).isTrue();
            });
            assertThat(other.abandoned()).hasSize(1);
        }
        Awaiting.until("all threads have come back", () -> other.inFlight() == 0 && plugin.inFlight() == 0);
        assertThat(other.abandoned()).isEmpty();
        assertThat(plugin.abandoned()).isEmpty();
        assertThat(otherLane.close(TestHost.LONG)).isEmpty();
    }

    @Test
    void bothPluginsAreAccountedForWhenAnInnerCallIsStuckOnTheSameThread() throws Exception {
        PluginGuard other = host.plugin("other");
        CallGuard inner = other.contribution(CallKind.FUNCTION, "inner", TestHost.LONG);
        try (Stuck stuck = new Stuck()) {
            Object failure = host.call(lane, hurried, argument -> host.call(inner, any -> stuck.waitForLock()));
            assertThat(failure).isEqualTo(new CallFailure.DeadlineExceeded(hurried.callee(), TestHost.SHORT, true));
            assertThat(other.abandoned()).as("the one that holds the thread").hasSize(1);
            assertThat(plugin.abandoned()).isEmpty();
            assertThat(hurried.statistics().timeouts()).isEqualTo(1);
            assertThat(inner.statistics().timeouts()).isEqualTo(1);
        }
        Awaiting.until("all calls have come back", () -> other.inFlight() == 0 && plugin.inFlight() == 0);
        assertThat(other.abandoned()).isEmpty();
        assertThat(plugin.abandoned()).isEmpty();
        assertThat(hurried.statistics().calls()).isEqualTo(1);
        assertThat(inner.statistics().calls()).isEqualTo(1);
    }

    @Test
    void aTaskOfSeveralCallsIsHandedOverOnce() {
        Object names = lane.run(
                patient,
                host.chain(),
                chain -> List.of(name(patient, chain), name(hurried, chain), name(patient, chain)),
                failure -> List.of());
        assertThat(names).isEqualTo(List.of("mortise-call-demo-1", "mortise-call-demo-1", "mortise-call-demo-1"));
    }

    private static String name(CallGuard guard, CallChain chain) {
        return guard.call(chain, argument -> Thread.currentThread().getName(), "", failure -> "failed");
    }

    @Test
    void theRestOfATaskIsNotRunOnceItsCallerHasGoneOn() throws Exception {
        AtomicInteger rest = new AtomicInteger();
        try (Stuck stuck = new Stuck()) {
            Object failure = lane.<Object>run(
                    patient,
                    host.chain(),
                    chain -> {
                        patient.call(chain, argument -> argument, "", mapped -> "failed");
                        hurried.call(chain, argument -> stuck.waitForLock(), "", mapped -> "failed");
                        return patient.call(chain, argument -> "" + rest.incrementAndGet(), "", mapped -> "failed");
                    },
                    mapped -> mapped);
            assertThat(failure).isEqualTo(new CallFailure.DeadlineExceeded(hurried.callee(), TestHost.SHORT, true));
        }
        Awaiting.until(
                "the thread has come back",
                () -> plugin.inFlight() == 0 && plugin.abandoned().isEmpty());
        Awaiting.until("the task has ended", () -> patient.statistics().refused() == 1);
        assertThat(rest).hasValue(0);
    }

    @Test
    void aBugInTheHostsOwnTaskReachesItsCaller() {
        assertThatThrownBy(() -> lane.run(
                        patient,
                        host.chain(),
                        chain -> {
                            throw new IllegalStateException("a bug");
                        },
                        failure -> failure))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");
        assertThat(host.call(lane, patient, argument -> "goes on")).isEqualTo("goes on");
    }

    @Test
    void aCallBackIntoTheHostKnowsWhichRequestItBelongsTo() {
        assertThat(CallChain.current()).isEmpty();
        Object seen = host.call(
                lane,
                patient,
                argument -> CallChain.current()
                        .map(chain -> chain.traceId() + " " + chain.caller() + " " + chain.generation())
                        .orElse("unknown"));
        assertThat(seen).isEqualTo(TestHost.TRACE + " tester 7");
        assertThat(host.call(
                        lane,
                        patient,
                        argument -> CallChain.current()
                                .map(chain -> chain.nested("plugin:demo"))
                                .map(chain -> chain.traceId() + " " + chain.caller() + " " + chain.generation())
                                .orElse("unknown")))
                .isEqualTo(TestHost.TRACE + " plugin:demo 7");
    }

    @Test
    void aCallIsRefusedWhereNoThreadCanBeHad() throws Exception {
        CallLane narrow = new CallLane(host.guards, LaneSettings.of("narrow", 1), null);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<Object> first = async(() -> host.call(narrow, patient, argument -> {
            inside.countDown();
            leave.await();
            return "first";
        }));
        inside.await();
        assertThat(host.call(narrow, patient, argument -> "second")).isInstanceOf(CallFailure.Saturated.class);
        leave.countDown();
        assertThat(first.join()).isEqualTo("first");
        assertThat(narrow.close(TestHost.LONG)).isEmpty();
    }

    @Test
    void threadsEndWhenTheyHaveNothingToDo() {
        LaneSettings settings = new LaneSettings("brief", 4, Duration.ofMillis(20), LaneSettings.DEFAULT_GRACE);
        CallLane brief = new CallLane(host.guards, settings, null);
        assertThat(host.call(brief, patient, argument -> "done")).isEqualTo("done");
        Awaiting.until("the idle thread has ended", () -> brief.threads() == 0);
        assertThat(host.call(brief, patient, argument -> Thread.currentThread().getName()))
                .isEqualTo("mortise-call-brief-2");
        assertThat(brief.close(TestHost.LONG)).isEmpty();
    }

    @Test
    void renewedThreadsRememberNothing() throws Exception {
        ThreadLocal<String> left = new ThreadLocal<>();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<Object> busy = async(() -> host.call(lane, patient, argument -> {
            left.set("by the busy one");
            inside.countDown();
            leave.await();
            return "done";
        }));
        inside.await();
        host.call(lane, patient, argument -> {
            left.set("by the idle one");
            return "";
        });
        lane.renewThreads();
        leave.countDown();
        assertThat(busy.join()).isEqualTo("done");
        Awaiting.until("the old threads have ended", () -> lane.threads() == 0);
        GuardedCall<String, @Nullable Object> look = argument -> left.get();
        assertThat(lane.<String, @Nullable Object>call(patient, host.chain(), look, "", failure -> failure))
                .isNull();
    }

    @Test
    void closingStopsCallsUnderWayAndRefusesNewOnes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Object> running = async(() -> host.call(lane, patient, argument -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return "never";
        }));
        inside.await();
        assertThat(lane.close(TestHost.LONG)).isEmpty();
        assertThat(running.join()).isEqualTo(new CallFailure.Stopped(patient.callee()));
        assertThat(host.call(lane, patient, argument -> "called")).isEqualTo(new CallFailure.Stopped(patient.callee()));
        assertThat(patient.statistics().failures())
                .as("it is no fault of the plugin")
                .isZero();
        assertThat(lane.threads()).isZero();
    }

    @Test
    void closingReportsTheThreadsThatDoNotEnd() throws Exception {
        PluginGuard stubborn = host.plugin("stubborn");
        CallLane stubbornLane = stubborn.lane(null);
        CallGuard guard = stubborn.contribution(CallKind.FUNCTION, "work", TestHost.SHORT);
        try (Stuck stuck = new Stuck()) {
            host.call(stubbornLane, guard, argument -> stuck.waitForLock());
            assertThat(stubbornLane.close(Duration.ofMillis(20)))
                    .singleElement()
                    .satisfies(thread -> {
                        assertThat(thread.name()).isEqualTo("mortise-call-stubborn-1");
                        assertThat(thread.where()).contains("waitForLock");
                    });
        }
        Awaiting.until("the thread has ended after all", () -> stubbornLane.threads() == 0);
    }

    @Test
    void aClosedLaneKeepsNoPluginInMemory() throws Exception {
        WeakReference<ClassLoader> loader = useAndClose();
        Awaiting.until("the plugin's class loader is collected", () -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private WeakReference<ClassLoader> useAndClose() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0], null)) {
            PluginGuard passing = host.plugin("passing");
            CallLane passingLane = passing.lane(loader);
            CallGuard guard = passing.contribution(CallKind.FUNCTION, "work", TestHost.LONG);
            Supplier<Object> own = () -> loader;
            assertThat(host.call(
                            passingLane,
                            guard,
                            argument -> own.get().equals(Thread.currentThread().getContextClassLoader())))
                    .isEqualTo(true);
            assertThat(host.call(guard, argument -> own.get().equals(loader))).isEqualTo(true);
            assertThat(passingLane.close(TestHost.LONG)).isEmpty();
            return new WeakReference<>(loader);
        }
    }

    private CompletableFuture<Object> async(Supplier<Object> call) {
        return CompletableFuture.supplyAsync(call, callers);
    }
}
