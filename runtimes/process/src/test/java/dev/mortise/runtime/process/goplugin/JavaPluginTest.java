package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.interop.v1.AddRequest;
import dev.mortise.interop.v1.AdderGrpc;
import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.CounterGrpc;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.PrintRequest;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.interop.v1.SumRequest;
import dev.mortise.interop.v1.SumResponse;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.fixture.RecordedOutput;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.peer.InteropPlugin;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins in Java, packed into one file, under a host in Java and under one in Go. */
class JavaPluginTest {

    @RegisterExtension
    final Launches launches = new Launches();

    @RegisterExtension
    final Launches walled = Launches.sandboxed();

    private PluginLaunch launch(String... arguments) {
        return launch(launches, arguments);
    }

    private static PluginLaunch launch(Launches by, String... arguments) {
        PluginLaunch launch = by.plain(JavaPeers.executable(InteropPlugin.class), arguments);
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.put("MORTISE_JAVA", JavaPeers.java());
        return launch.withEnvironment(environment);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void servesAHostInJava(boolean autoMtls, boolean multiplexed) throws Exception {
        RecordedOutput output = new RecordedOutput();
        walled.grant("{'run':['java']}");
        PluginConnection plugin = walled.connect(launch(walled)
                .withAutoMtls(autoMtls)
                .withMultiplexing(multiplexed)
                .withOutput(output));

        KvGrpc.KvBlockingStub kv = KvGrpc.newBlockingStub(plugin.channel());
        kv.put(PutRequest.newBuilder().setKey("k").setValue("v").build());
        assertThat(kv.get(GetRequest.newBuilder().setKey("k").build()).getValue())
                .isEqualTo("v");

        int id = plugin.broker().nextId();
        plugin.broker().serve(id, List.of(new Adder().bindService()));
        CounterGrpc.CounterBlockingStub counter = CounterGrpc.newBlockingStub(plugin.channel());
        AddRequest.Builder add = AddRequest.newBuilder().setKey("c").setDelta(5);
        assertThat(counter.add(add.setAdderService(id).build()).getValue()).isEqualTo(5);

        String served =
                kv.get(GetRequest.newBuilder().setKey("serve an adder").build()).getValue();
        assertThat(AdderGrpc.newBlockingStub(plugin.broker().dial(Integer.parseInt(served)))
                        .sum(SumRequest.newBuilder().setA(30).setB(3).build())
                        .getSum())
                .isEqualTo(33);

        BehaviourGrpc.newBlockingStub(plugin.channel())
                .print(PrintRequest.newBuilder()
                        .setData(ByteString.copyFromUtf8("a\nb"))
                        .build());
        output.await(OutputChannel.STDOUT, "a\nb");

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);
        assertThat(walled.folder().resolve("p")).isEmptyDirectory();
        assertThat(Files.list(walled.folder())).hasSize(1);
    }

    @Test
    void endsWhenItsHostLetsGoOfTheOneConnectionThatItHas() throws Exception {
        PluginConnection plugin = launches.connect(launch().withMultiplexing(true));

        plugin.detach();

        assertThat(plugin.onExit().get(30, TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void servesAHostInGo(boolean autoMtls, boolean multiplexed) throws Exception {
        Path plugin = JavaPeers.executable(InteropPlugin.class);
        List<String> command = new ArrayList<>(List.of(
                GoPeers.executable("host").toString(),
                "-sha256",
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(plugin)))));
        if (autoMtls) {
            command.add("-mtls");
        }
        if (multiplexed) {
            command.add("-multiplex");
        }
        command.add(plugin.toString());

        JsonObject seen = JsonCodec.STANDARD.parseObject(run(command)).orThrow();

        assertThat(seen.text("protocol")).contains("grpc");
        assertThat(seen.integer("version")).hasValue(1);
        assertThat(seen.text("value")).contains("from Go");
        assertThat(seen.array("sums").orElseThrow()).hasToString("[21,42]");
        assertThat(seen.integer("dialled")).hasValue(33);
        assertThat(seen.bool("pinged")).contains(true);
        assertThat(seen.text("stdout")).contains("a\nb");
        assertThat(seen.text("stderr")).contains("a\nb");
        assertThat(seen.text("log").orElseThrow()).containsPattern("\\[WARN\\].*logged by the plugin");
        assertThat(seen.bool("exited_itself")).contains(true);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(launches.folder().resolve("error").toFile());
        builder.environment().put("MORTISE_JAVA", JavaPeers.java());
        builder.environment().put("TMPDIR", launches.folder().toString());
        Process host = builder.start();
        String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor())
                .describedAs(() -> {
                    try {
                        return output + Files.readString(launches.folder().resolve("error"));
                    } catch (IOException e) {
                        return output;
                    }
                })
                .isZero();
        return output;
    }

    @Test
    void saysThatItIsAPluginWhenAPersonStartsIt() throws Exception {
        Path error = launches.folder().resolve("error");
        ProcessBuilder builder =
                new ProcessBuilder(JavaPeers.executable(InteropPlugin.class).toString()).redirectError(error.toFile());
        builder.environment().put("MORTISE_JAVA", JavaPeers.java());
        Process direct = builder.start();

        assertThat(direct.getInputStream().readAllBytes()).isEmpty();
        assertThat(direct.waitFor()).isEqualTo(1);
        assertThat(Files.readString(error)).contains("This program is a plugin").contains("MORTISE_PLUGIN");
    }

    @Test
    void servesTheHighestVersionThatBothKnow() throws Exception {
        assertThat(launches.connect(launch("3", "5")
                                .withHandshake(new Handshake("MORTISE_PLUGIN", "mortise-plugin-v1", List.of(1, 3, 4))))
                        .version())
                .isEqualTo(3);
    }

    @Test
    void offersItsLowestVersionToAHostThatKnowsNone() throws Exception {
        LaunchResult result = launches.launch(
                launch("3").withHandshake(new Handshake("MORTISE_PLUGIN", "mortise-plugin-v1", List.of(7))));

        assertThat(result).isInstanceOfSatisfying(LaunchResult.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(LaunchFailure.Reason.APP_VERSION);
            assertThat(failed.failure().message())
                    .contains("serves version '1'")
                    .contains("[7]");
        });
    }

    @Test
    void startsFromAnAotCacheAndPassesOverOneThatDoesNotFit() throws Exception {
        Path data = Files.createDirectory(launches.folder().resolve("data"));
        Path plugin = JavaPeers.executable(InteropPlugin.class);
        Path cache = data.resolve(plugin.getFileName() + ".aot");
        ProcessBuilder training = new ProcessBuilder(plugin.toString()).redirectError(ProcessBuilder.Redirect.DISCARD);
        training.environment().put("MORTISE_JAVA", JavaPeers.java());
        training.environment().put("MORTISE_PLUGIN", "mortise-plugin-v1");
        training.environment().put("MORTISE_AOT_OUTPUT", cache.toString());
        training.environment().put("PLUGIN_UNIX_SOCKET_DIR", data.toString());
        Process trained = training.start();
        assertThat(trained.inputReader().readLine()).startsWith("1|1|unix|");
        trained.toHandle().destroy();
        trained.waitFor();
        assertThat(cache).isNotEmptyFile();

        Map<String, String> environment = new TreeMap<>(launch().environment());
        environment.put("MORTISE_DATA_DIR", data.toString());
        PluginLaunch launch = launch().withEnvironment(environment);
        PluginConnection quick = launches.connect(launch);
        assertThat(quick.ping(Duration.ofSeconds(10))).isNotNull();
        // A running plugin has its cache mapped.
        quick.stop();

        Files.writeString(cache, "not a cache");
        assertThat(launches.connect(launch).ping(Duration.ofSeconds(10))).isNotNull();
        assertThat(launches.log().lines()).noneMatch(line -> line.startsWith("INFO"));
    }

    @Test
    void ignoresTheInterruptThatATerminalSendsToTheWholeGroup() throws Exception {
        PluginConnection plugin = launches.connect(launch());

        assertThat(new ProcessBuilder(
                                "kill", "-INT", Long.toString(plugin.process().pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(plugin.ping(Duration.ofSeconds(10))).isNotNull();
        assertThat(plugin.process().isAlive()).isTrue();
    }

    @Test
    void endsWhenItsHostHasDied() throws Exception {
        Path plugin = JavaPeers.executable(InteropPlugin.class);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "\"$0\" & echo $!; wait", plugin.toString());
        builder.environment().put("MORTISE_JAVA", JavaPeers.java());
        builder.environment().put("MORTISE_PLUGIN", "mortise-plugin-v1");
        builder.environment().put("PLUGIN_UNIX_SOCKET_DIR", launches.folder().toString());
        Process host = builder.start();
        var lines = host.inputReader();
        ProcessHandle orphan =
                ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
        assertThat(lines.readLine()).startsWith("1|1|unix|" + launches.folder());

        host.destroyForcibly().waitFor();

        orphan.onExit().get(30, TimeUnit.SECONDS);
        assertThat(Files.list(launches.folder())).isEmpty();
    }

    @Test
    void aHostsCertificateThatCannotBeReadLetsNobodyIn() throws Exception {
        PluginLaunch launch = launches.script(
                "export PLUGIN_CLIENT_CERT=garbage", "exec '" + JavaPeers.executable(InteropPlugin.class) + "'");
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.put("MORTISE_JAVA", JavaPeers.java());

        LaunchResult result =
                launches.launch(launch.withEnvironment(environment).withAutoMtls(true));

        assertThat(result)
                .isInstanceOfSatisfying(
                        LaunchResult.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo(LaunchFailure.Reason.UNREACHABLE));
        launches.log().await(line -> line.startsWith("ERROR the host's certificate cannot be read"));
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
