package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.mortise.interop.v1.AddRequest;
import dev.mortise.interop.v1.AdderGrpc;
import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.CounterGrpc;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.HangRequest;
import dev.mortise.interop.v1.HangResponse;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.PrintRequest;
import dev.mortise.interop.v1.PrintResponse;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.SumRequest;
import dev.mortise.interop.v1.SumResponse;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.fixture.RecordedOutput;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.wire.CallLoop;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.netty.channel.epoll.Epoll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that drive the sockets of a plugin while they wait for it, and what becomes of everybody else meanwhile. */
@Timeout(120)
class LoneCallerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** More than it takes for the socket's own thread to stand aside. */
    private static final int QUICK_CALLS = 50;

    enum Kind {
        PLATFORM(Thread.ofPlatform().daemon().factory()),
        VIRTUAL(Thread.ofVirtual().factory());

        private final ThreadFactory threads;

        Kind(ThreadFactory threads) {
            this.threads = threads;
        }

        Thread start(Runnable work) {
            Thread thread = threads.newThread(work);
            thread.start();
            return thread;
        }
    }

    @RegisterExtension
    final Launches launches = new Launches();

    private PluginConnection zoo() throws Exception {
        PluginConnection plugin = launches.connect(launches.plain(GoPeers.executable("zoo")));
        put(plugin, "k", "v");
        return plugin;
    }

    private static void put(PluginConnection plugin, String key, String value) {
        var unused = CallLoop.call(
                plugin.channel(),
                KvGrpc.getPutMethod(),
                CallOptions.DEFAULT,
                PutRequest.newBuilder().setKey(key).setValue(value).build());
    }

    private static String get(PluginConnection plugin, String key) {
        return get(plugin, key, CallOptions.DEFAULT);
    }

    private static String get(PluginConnection plugin, String key, CallOptions options) {
        return CallLoop.call(
                        plugin.channel(),
                        KvGrpc.getGetMethod(),
                        options.withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS),
                        GetRequest.newBuilder().setKey(key).build())
                .getValue();
    }

    private static HangResponse hang(PluginConnection plugin, CallOptions options) {
        return CallLoop.call(
                plugin.channel(), BehaviourGrpc.getHangMethod(), options, HangRequest.getDefaultInstance());
    }

    private static void callQuickly(PluginConnection plugin) {
        for (int i = 0; i < QUICK_CALLS; i++) {
            assertThat(get(plugin, "k")).isEqualTo("v");
        }
    }

    /** The thread on which the answer to a call came in from the socket. */
    private static Thread reader(PluginConnection plugin) {
        AtomicReference<@Nullable Thread> reader = new AtomicReference<>();
        ClientStreamTracer.Factory tracing = new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                return new ClientStreamTracer() {
                    @Override
                    public void inboundHeaders() {
                        reader.set(Thread.currentThread());
                    }
                };
            }
        };
        assertThat(get(plugin, "k", CallOptions.DEFAULT.withStreamTracerFactory(tracing)))
                .isEqualTo("v");
        return Objects.requireNonNull(reader.get());
    }

    private static Status.Code failure(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
        return Status.Code.OK;
    }

    /** The last thing that a thread of sockets does is to say that it has ended. */
    private static void assertThatNoThreadIsLeft() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mortise-process-tested-socket")) {
                assertThat(thread.join(SOON))
                        .describedAs("%s has ended", thread)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aLoneCallerReadsItsAnswersItself(Kind kind) throws Exception {
        assumeTrue(Epoll.isAvailable(), "sockets are driven where there is epoll");
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "a single carrier is not given away");
        PluginConnection plugin = zoo();

        FutureTask<Boolean> caller = new FutureTask<>(() -> {
            for (long end = System.nanoTime() + SOON.toNanos(); System.nanoTime() < end; ) {
                if (reader(plugin) == Thread.currentThread()) {
                    return true;
                }
            }
            return false;
        });
        kind.start(caller);

        assertThat(caller.get()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aCallerThatIsInterruptedWhileItDrivesHarmsNobody(Kind kind) throws Exception {
        PluginConnection plugin = zoo();

        for (int i = 0; i < 40; i++) {
            CountDownLatch ready = new CountDownLatch(1);
            FutureTask<Boolean> caller = new FutureTask<>(() -> {
                callQuickly(plugin);
                ready.countDown();
                assertThat(failure(() -> hang(plugin, CallOptions.DEFAULT))).isEqualTo(Status.Code.CANCELLED);
                return Thread.interrupted();
            });
            Thread thread = kind.start(caller);
            ready.await();
            // From before the call is on its way until after the driver has given up.
            TimeUnit.MICROSECONDS.sleep(100 * i);
            thread.interrupt();

            assertThat(caller.get(10, TimeUnit.SECONDS))
                    .describedAs("still interrupted")
                    .isTrue();
            assertThat(get(plugin, "k")).isEqualTo("v");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void interruptionsAtAnyTimeLeaveTheConnectionUsable(Kind kind) throws Exception {
        PluginConnection plugin = zoo();
        FutureTask<Integer> calls = new FutureTask<>(() -> {
            int interrupted = 0;
            for (int i = 0; i < 3_000; i++) {
                Status.Code code = failure(() -> assertThat(get(plugin, "k")).isEqualTo("v"));
                assertThat(code).isIn(Status.Code.OK, Status.Code.CANCELLED);
                if (code == Status.Code.CANCELLED) {
                    interrupted++;
                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                }
                var unused = Thread.interrupted();
            }
            return interrupted;
        });
        Thread caller = kind.start(calls);

        while (!calls.isDone()) {
            caller.interrupt();
            TimeUnit.MICROSECONDS.sleep(150);
        }

        assertThat(calls.get()).isPositive();
        assertThat(get(plugin, "k")).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theDeadlineOfACallerHoldsWhileItDrivesAndOthersCallOn(Kind kind) throws Exception {
        PluginConnection plugin = zoo();

        for (int millis = 0; millis < 20; millis++) {
            long deadline = millis;
            FutureTask<Status.Code> caller = new FutureTask<>(() -> {
                callQuickly(plugin);
                return failure(
                        () -> hang(plugin, CallOptions.DEFAULT.withDeadlineAfter(deadline, TimeUnit.MILLISECONDS)));
            });
            kind.start(caller);
            while (!caller.isDone()) {
                assertThat(get(plugin, "k")).isEqualTo("v");
            }
            assertThat(caller.get()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPluginThatDiesWhileACallerDrivesFailsItsCall(Kind kind) throws Exception {
        PluginConnection plugin = zoo();
        CountDownLatch calling = new CountDownLatch(QUICK_CALLS);
        FutureTask<Status.Code> caller = new FutureTask<>(() -> {
            while (true) {
                Status.Code code = failure(() -> get(plugin, "k"));
                if (code != Status.Code.OK) {
                    return code;
                }
                calling.countDown();
            }
        });
        kind.start(caller);
        calling.await();

        ProcessHandle.of(plugin.process().pid()).orElseThrow().destroyForcibly();

        assertThat(caller.get(10, TimeUnit.SECONDS)).isIn(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);
        assertThat(plugin.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.HAD_EXITED);
        assertThatNoThreadIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aConnectionIsClosedUnderACallerThatDrives(Kind kind) throws Exception {
        PluginConnection plugin = zoo();
        CountDownLatch ready = new CountDownLatch(1);
        FutureTask<Status.Code> caller = new FutureTask<>(() -> {
            callQuickly(plugin);
            ready.countDown();
            return failure(() -> hang(plugin, CallOptions.DEFAULT));
        });
        kind.start(caller);
        ready.await();

        assertThat(plugin.kill().took()).isLessThan(SOON);

        assertThat(caller.get(10, TimeUnit.SECONDS)).isIn(Status.Code.UNAVAILABLE, Status.Code.UNKNOWN);
        assertThatNoThreadIsLeft();
    }

    @Test
    void anIdleConnectionIsClosedWithNoThreadLeft() throws Exception {
        PluginConnection plugin = zoo();
        callQuickly(plugin);

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);

        assertThatNoThreadIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyCallersOfBothKindsGetTheirOwnAnswers(boolean autoMtls) throws Exception {
        PluginConnection plugin =
                launches.connect(launches.plain(GoPeers.executable("kv")).withAutoMtls(autoMtls));
        put(plugin, "k", "v");
        callQuickly(plugin);

        try (ExecutorService platform = Executors.newFixedThreadPool(32);
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String key = "key-" + i;
                callers.add((i % 2 == 0 ? platform : virtual).submit(() -> {
                    for (int n = 0; n < 100; n++) {
                        put(plugin, key, key + "=" + n);
                        assertThat(get(plugin, key)).isEqualTo(key + "=" + n);
                    }
                }));
            }
            for (Future<?> caller : callers) {
                var unused = caller.get();
            }
        }

        callQuickly(plugin);
    }

    @Test
    void whatThePluginSendsUnaskedArrivesAlthoughNobodyWaits() throws Exception {
        RecordedOutput output = new RecordedOutput();
        PluginConnection plugin =
                launches.connect(launches.plain(GoPeers.executable("zoo")).withOutput(output));
        put(plugin, "k", "v");

        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            callQuickly(plugin);
            String text = "output number " + i + ".";
            all.append(text);
            CountDownLatch printed = new CountDownLatch(1);
            BehaviourGrpc.newStub(plugin.channel())
                    .print(
                            PrintRequest.newBuilder()
                                    .setData(ByteString.copyFromUtf8(text))
                                    .build(),
                            new Printed(printed));

            assertThat(printed.await(10, TimeUnit.SECONDS)).isTrue();
            output.await(OutputChannel.STDOUT, all.toString());
        }
    }

    @Test
    void aPluginCallsBackWhileItsCallerDrives() throws Exception {
        PluginConnection plugin = launches.connect(launches.plain(GoPeers.executable("bidirectional")));

        for (int i = 1; i <= 50; i++) {
            int id = plugin.broker().nextId();
            plugin.broker().serve(id, List.of(new Adder().bindService()));
            AddRequest request = AddRequest.newBuilder()
                    .setKey("visits")
                    .setDelta(1)
                    .setAdderService(id)
                    .build();
            assertThat(CallLoop.call(plugin.channel(), CounterGrpc.getAddMethod(), CallOptions.DEFAULT, request)
                            .getValue())
                    .isEqualTo(i);
            plugin.broker().stop(id);
        }
    }

    @Test
    void afterTheEndCallsFail() throws Exception {
        PluginConnection plugin = zoo();
        callQuickly(plugin);
        plugin.stop();

        assertThatThrownBy(() -> get(plugin, "k"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    private record Printed(CountDownLatch done) implements StreamObserver<PrintResponse> {

        @Override
        public void onNext(PrintResponse answer) {}

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {
            done.countDown();
        }
    }

    private static final class Adder extends AdderGrpc.AdderImplBase {
        @Override
        public void sum(SumRequest request, StreamObserver<SumResponse> answer) {
            answer.onNext(SumResponse.newBuilder()
                    .setSum(request.getA() + request.getB())
                    .build());
            answer.onCompleted();
        }
    }
}
