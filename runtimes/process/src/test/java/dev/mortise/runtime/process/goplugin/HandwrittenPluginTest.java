package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.mortise.interop.v1.AddRequest;
import dev.mortise.interop.v1.AdderGrpc;
import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.CountRequest;
import dev.mortise.interop.v1.CounterGrpc;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.NumbersGrpc;
import dev.mortise.interop.v1.PrintRequest;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.SumRequest;
import dev.mortise.interop.v1.SumResponse;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.fixture.PythonPeers;
import dev.mortise.runtime.process.fixture.RecordedOutput;
import dev.mortise.runtime.process.fixture.RustPeers;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.reflection.ReflectedFunctions;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Plugins in languages that have no library for the protocol, which speak it by hand: with grpcio, and with tonic. */
@ParameterizedClass
@EnumSource
class HandwrittenPluginTest {

    enum Language {
        PYTHON,
        RUST
    }

    @Parameter
    Language language = Language.PYTHON;

    @RegisterExtension
    final Launches launches = Launches.sandboxed();

    private PluginLaunch launch() throws Exception {
        return launches.plain(
                switch (language) {
                    case PYTHON -> {
                        launches.grant(PythonPeers.permissions());
                        yield PythonPeers.executable("interop.py", launches.folder());
                    }
                    case RUST -> RustPeers.executable("interop");
                });
    }

    @Test
    void isCalledStreamsPrintsAndEnds() throws Exception {
        RecordedOutput output = new RecordedOutput();
        PluginConnection plugin = launches.connect(launch().withOutput(output));

        assertThat(plugin.ping(Duration.ofSeconds(10))).isEqualTo(ServingStatus.SERVING);
        KvGrpc.KvBlockingStub kv = KvGrpc.newBlockingStub(plugin.channel());
        kv.put(PutRequest.newBuilder().setKey("k").setValue("v").build());
        assertThat(kv.get(GetRequest.newBuilder().setKey("k").build()).getValue())
                .isEqualTo("v");
        List<Long> counted = new ArrayList<>();
        NumbersGrpc.newBlockingStub(plugin.channel())
                .count(CountRequest.newBuilder().setFrom(1).setTo(100).build())
                .forEachRemaining(number -> counted.add(number.getValue()));
        assertThat(counted).hasSize(100);
        var unused = BehaviourGrpc.newBlockingStub(plugin.channel())
                .print(PrintRequest.newBuilder()
                        .setData(ByteString.copyFromUtf8("a\nb"))
                        .build());
        output.await(OutputChannel.STDOUT, "a\nb");

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);
    }

    @Test
    void isCalledBackThroughTheBroker() throws Exception {
        assertCallsBack(launches.connect(launch()));
    }

    private static void assertCallsBack(PluginConnection plugin) throws Exception {
        int id = plugin.broker().nextId();
        plugin.broker().serve(id, List.of(new Adder().bindService()));

        assertThat(CounterGrpc.newBlockingStub(plugin.channel())
                        .add(AddRequest.newBuilder()
                                .setKey("c")
                                .setDelta(5)
                                .setAdderService(id)
                                .build())
                        .getValue())
                .isEqualTo(5);
    }

    @Test
    void runsWithoutReflectionAndSoOffersNothing() throws Exception {
        PluginConnection plugin = launches.connect(launch());

        assertThat(ReflectedFunctions.of(plugin.channel(), Duration.ofSeconds(10)))
                .isEmpty();
    }

    @Test
    void doesAutoMtlsOrSaysWhyItCannot() throws Exception {
        LaunchResult result = launches.launch(launch().withAutoMtls(true));

        switch (language) {
            case PYTHON -> {
                assertThat(result).isInstanceOf(LaunchResult.Failed.class);
                assertThat(launches.log().lines())
                        .contains("ERROR this plugin cannot speak TLS; set auto_mtls to false for it");
            }
            case RUST -> assertCallsBack(result.orThrow());
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
