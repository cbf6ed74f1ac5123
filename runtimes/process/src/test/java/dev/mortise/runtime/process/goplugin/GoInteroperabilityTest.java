package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.interop.v1.AddRequest;
import dev.mortise.interop.v1.AdderGrpc;
import dev.mortise.interop.v1.CountRequest;
import dev.mortise.interop.v1.CounterGrpc;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.Number;
import dev.mortise.interop.v1.NumbersGrpc;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.SumRequest;
import dev.mortise.interop.v1.SumResponse;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.Launches;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.StreamObserver;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plugins written in Go with the current release of go-plugin, in plain text and with AutoMTLS, with a socket for each
 * connection and with one for all.
 */
class GoInteroperabilityTest {

    @RegisterExtension
    final Launches launches = Launches.sandboxed();

    private PluginConnection connect(String command, boolean autoMtls, boolean multiplexed) throws Exception {
        return launches.connect(launches.plain(GoPeers.executable(command))
                .withAutoMtls(autoMtls)
                .withMultiplexing(multiplexed));
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void callsAPluginAndShutsItDown(boolean autoMtls, boolean multiplexed) throws Exception {
        PluginConnection plugin = connect("kv", autoMtls, multiplexed);

        KvGrpc.KvBlockingStub kv = KvGrpc.newBlockingStub(plugin.channel());
        kv.put(PutRequest.newBuilder().setKey("k").setValue("v").build());
        assertThat(kv.get(GetRequest.newBuilder().setKey("k").build()).getValue())
                .isEqualTo("v");
        assertThatThrownBy(
                        () -> kv.get(GetRequest.newBuilder().setKey("missing").build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
        assertThat(plugin.version()).isEqualTo(1);
        assertThat(plugin.ping(Duration.ofSeconds(10))).isEqualTo(ServingStatus.SERVING);

        StopReport report = plugin.stop();
        assertThat(report.step()).isEqualTo(StopReport.Step.SHUT_DOWN);
        assertThat(report.status()).isEqualTo(OptionalInt.of(0));
        assertThat(plugin.process().isAlive()).isFalse();
        assertThat(Files.list(launches.folder()))
                .containsExactly(launches.folder().resolve("p"));
        // A plugin in Go that multiplexes never closes the socket that it was connected to.
        assertThat(launches.folder().resolve("p").toFile().list()).hasSize(multiplexed ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void isCalledBackThroughTheBroker(boolean autoMtls, boolean multiplexed) throws Exception {
        PluginConnection plugin = connect("bidirectional", autoMtls, multiplexed);
        int id = plugin.broker().nextId();
        plugin.broker().serve(id, List.of(new Adder().bindService()));

        CounterGrpc.CounterBlockingStub counter = CounterGrpc.newBlockingStub(plugin.channel());
        AddRequest.Builder add = AddRequest.newBuilder().setKey("visits").setAdderService(id);
        assertThat(counter.add(add.setDelta(40).build()).getValue()).isEqualTo(40);

        // What has been dialled once is gone from the broker of a plugin in Go; a further dialling needs a further id.
        int next = plugin.broker().nextId();
        plugin.broker().serve(next, List.of(new Adder().bindService()));
        assertThat(counter.add(add.setDelta(2).setAdderService(next).build()).getValue())
                .isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void callsWhatAPluginServesBehindTheBroker(boolean autoMtls, boolean multiplexed) throws Exception {
        PluginConnection plugin = connect("bidirectional", autoMtls, multiplexed);

        ManagedChannel adder = plugin.broker().dial(1);
        assertThat(AdderGrpc.newBlockingStub(adder)
                        .sum(SumRequest.newBuilder().setA(30).setB(3).build())
                        .getSum())
                .isEqualTo(33);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void streamsInBothDirections(boolean autoMtls, boolean multiplexed) throws Exception {
        PluginConnection plugin = connect("streaming", autoMtls, multiplexed);

        List<Long> counted = new ArrayList<>();
        NumbersGrpc.newBlockingStub(plugin.channel())
                .count(CountRequest.newBuilder().setFrom(1).setTo(1000).build())
                .forEachRemaining(number -> counted.add(number.getValue()));
        assertThat(counted).hasSize(1000).endsWith(1000L);

        BlockingClientCall<Number, Number> doubles =
                NumbersGrpc.newBlockingV2Stub(plugin.channel()).double_();
        for (long i = 0; i < 100; i++) {
            doubles.write(Number.newBuilder().setValue(i).build());
            assertThat(doubles.read().getValue()).isEqualTo(2 * i);
        }
        doubles.halfClose();
        assertThat(doubles.read()).isNull();
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
