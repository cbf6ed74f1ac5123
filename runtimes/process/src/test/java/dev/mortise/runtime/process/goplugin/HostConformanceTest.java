package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.EnvironmentRequest;
import dev.mortise.interop.v1.GetRequest;
import dev.mortise.interop.v1.KvGrpc;
import dev.mortise.interop.v1.LogRequest;
import dev.mortise.interop.v1.PanicRequest;
import dev.mortise.interop.v1.PrintRequest;
import dev.mortise.interop.v1.PutRequest;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.fixture.RecordedOutput;
import dev.mortise.runtime.process.goplugin.LaunchFailure.Reason;
import dev.mortise.runtime.process.launch.PlainSpawner;
import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.output.OutputChannel;
import dev.mortise.runtime.process.reflection.ReflectedFunctions;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host of the go-plugin protocol must do, after the cases of the original's own tests; their names are given. */
class HostConformanceTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    final Launches launches = new Launches();

    private PluginLaunch zoo(String... arguments) {
        return launches.plain(GoPeers.executable("zoo"), arguments);
    }

    private static BehaviourGrpc.BehaviourBlockingStub behaviour(PluginConnection plugin) {
        return BehaviourGrpc.newBlockingStub(plugin.channel());
    }

    private LaunchFailure failure(PluginLaunch launch) throws InterruptedException {
        LaunchResult result = launches.launch(launch);
        assertThat(result).isInstanceOf(LaunchResult.Failed.class);
        LaunchFailure failure = ((LaunchResult.Failed) result).failure();
        assertThat(failure.message()).startsWith("plugin tested ");
        return failure;
    }

    /** A script that says which process it is, then what it is told. */
    private PluginLaunch saying(String line) throws Exception {
        return launches.script("echo $$ > '" + pidFile() + "'", "echo '" + line + "'", "exec sleep 600");
    }

    private Path pidFile() {
        return launches.folder().resolve("pid");
    }

    private void assertThatNothingRuns() throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile()).strip());
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** TestClient_testCleanup. */
    @Test
    void aPluginThatIsAskedToEndCleansUp() throws Exception {
        Path file = launches.folder().resolve("cleaned");
        PluginConnection plugin = launches.connect(zoo("cleanup", file.toString()));

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);

        assertThat(file).hasContent("cleaned up\n");
        assertThat(launches.log().lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    /** TestClient_grpc_servercrash. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noticesAtOnceThatAPluginHasDied(boolean multiplexed) throws Exception {
        PluginConnection plugin = launches.connect(zoo().withMultiplexing(multiplexed));

        ProcessHandle.of(plugin.process().pid()).orElseThrow().destroyForcibly();

        assertThat(plugin.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.HAD_EXITED);
    }

    /** TestClient_grpcNotAllowed, the other way round: this host speaks gRPC alone. */
    @Test
    void refusesAPluginThatDoesNotSpeakGrpc() throws Exception {
        LaunchFailure failure = failure(zoo("netrpc"));

        assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL);
        assertThat(failure.message())
                .contains("unsupported plugin protocol 'netrpc'")
                .contains("GRPCServer");
    }

    /** TestClient_grpcSyncStdio. */
    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void outputArrivesByteForByte(boolean toStderr, boolean multiplexed) throws Exception {
        RecordedOutput output = new RecordedOutput();
        PluginConnection plugin = launches.connect(zoo().withOutput(output).withMultiplexing(multiplexed));
        String text = "hello\nworld\u00e9 without an end";

        var unused = behaviour(plugin)
                .print(PrintRequest.newBuilder()
                        .setToStderr(toStderr)
                        .setData(ByteString.copyFromUtf8(text))
                        .build());

        if (toStderr) {
            // The plugin's own log is on the same channel, from its pipe.
            launches.log().await(line -> line.contains("hello"));
            plugin.stop();
            assertThat(output.text(OutputChannel.STDERR)).contains(text);
        } else {
            output.await(OutputChannel.STDOUT, text);
        }
    }

    /** TestClient_reattachGRPC. */
    @Test
    void anotherHostTakesARunningPluginOver() throws Exception {
        PluginLaunch launch = zoo();
        PluginConnection first = launches.connect(launch);
        KvGrpc.newBlockingStub(first.channel())
                .put(PutRequest.newBuilder().setKey("k").setValue("kept").build());
        PluginReattach reattach = first.reattach().orElseThrow();
        first.detach();

        PluginConnection second = launches.launcher().reattach(launch, reattach).orThrow();

        assertThat(KvGrpc.newBlockingStub(second.channel())
                        .get(GetRequest.newBuilder().setKey("k").build())
                        .getValue())
                .isEqualTo("kept");
        assertThat(second.stop().step()).isEqualTo(StopReport.Step.SHUT_DOWN);
    }

    /** TestClient_reattachNotFound; and what the original lacks: no other process is taken for the plugin. */
    @Test
    void takesNoOtherProcessForThePlugin() throws Exception {
        PluginLaunch launch = zoo();
        PluginReattach good = launches.connect(launch).reattach().orElseThrow();

        for (PluginReattach wrong : List.of(
                new PluginReattach(999_999_999, good.startTime(), good.mark(), good.address(), 1),
                new PluginReattach(good.pid(), good.startTime().plusSeconds(1), good.mark(), good.address(), 1),
                new PluginReattach(good.pid(), good.startTime(), "another-mark", good.address(), 1))) {
            assertThat(launches.launcher().reattach(launch, wrong))
                    .isInstanceOfSatisfying(
                            LaunchResult.Failed.class,
                            failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.PROCESS_NOT_FOUND));
        }
    }

    /** Reattaching needs the keys, which nobody else has. */
    @Test
    void aPluginWithAutoMtlsCannotBeTakenOver() throws Exception {
        assertThat(launches.connect(zoo().withAutoMtls(true)).reattach()).isEmpty();
    }

    /** A plugin that multiplexes has one connection for its whole life. */
    @Test
    void aPluginThatMultiplexesCannotBeTakenOver() throws Exception {
        PluginReattach other = launches.connect(zoo()).reattach().orElseThrow();
        PluginLaunch launch = zoo().withMultiplexing(true);

        assertThat(launches.connect(launch).reattach()).isEmpty();
        assertThat(launches.launcher().reattach(launch, other))
                .isInstanceOfSatisfying(LaunchResult.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(Reason.MULTIPLEXING_REATTACH);
                    assertThat(failed.failure().message())
                            .contains("plugin tested")
                            .contains("multiplexing is not supported with reattach");
                });
    }

    /** TestClientStart_badVersion, TestClient_killStart and the other lines that will not do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "1|11; UNRECOGNIZED_HANDSHAKE; Unrecognized remote plugin message: '1|11'",
                "2|1|unix|/x|grpc|; CORE_VERSION; version '2' of the handshake",
                "x1|1|unix|/x|grpc|; START_TIMEOUT; x1|1|unix|/x|grpc|",
                "1|9|unix|/x|grpc|; APP_VERSION; serves version '9', and this host speaks [1]",
                "1|one|unix|/x|grpc|; APP_VERSION; serves version 'one'",
                "1|1|udp|/x|grpc|; ADDRESS; unknown address type 'udp'",
                "1|1|tcp|nowhere|grpc|; ADDRESS; 'nowhere' is not host:port",
                "1|1|tcp|192.0.2.1:80|grpc|; ADDRESS; '192.0.2.1' is not an address of this machine's loopback interface",
                "1|1|tcp|secret.example.com:80|grpc|; ADDRESS; 'secret.example.com' is not an address of this machine",
                "1|1|unix||grpc|; ADDRESS; names no path",
                "1|1|unix|/x; PROTOCOL; netrpc",
                "1|1|unix|/nonexistent/socket|grpc|; UNREACHABLE; UNAVAILABLE",
                "1|1|tcp|127.0.0.1:1|grpc; UNREACHABLE; UNAVAILABLE"
            })
    void refusesALineThatWillNotDoAndLeavesNothingRunning(String line, Reason reason, String message) throws Exception {
        LaunchFailure failure =
                failure(saying(line).withStartTimeout(Duration.ofSeconds(reason == Reason.START_TIMEOUT ? 1 : 60)));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).contains(message);
        assertThatNothingRuns();
    }

    /** TestClient_Start_Timeout. */
    @Test
    void givesUpOnAPluginThatSaysNothing() throws Exception {
        LaunchFailure failure = failure(launches.script("echo $$ > '" + pidFile() + "'", "exec sleep 600")
                .withStartTimeout(Duration.ofSeconds(1)));

        assertThat(failure.reason()).isEqualTo(Reason.START_TIMEOUT);
        assertThat(failure.message())
                .contains("timeout while waiting for plugin to start")
                .contains("1.0 s")
                .contains("wrote nothing to its standard output");
        assertThatNothingRuns();
    }

    @Test
    void saysWhatAPluginThatEndedAtOnceHadToSay() throws Exception {
        LaunchFailure failure = failure(launches.script("echo 'usage: something else'", "exit 3"));

        assertThat(failure.reason()).isEqualTo(Reason.EXITED_EARLY);
        assertThat(failure.message())
                .contains("plugin exited before we could connect, with status 3")
                .contains("usage: something else");
    }

    /** What comes before the handshake is output like any other. */
    @Test
    void findsTheHandshakeBehindWhatALibraryPrinted() throws Exception {
        PluginLaunch zoo = zoo();
        PluginLaunch noisy = launches.script("echo 'a library says hello'", "exec '" + zoo.executable() + "'");

        PluginConnection plugin = launches.connect(noisy);

        assertThat(plugin.ping(SOON)).isNotNull();
        launches.log().await(line -> line.equals("INFO a library says hello"));
    }

    /** TestAdditionalNotesAboutCommand. */
    @Test
    void describesAFileThatDoesNotRun() throws Exception {
        Path file = launches.folder().resolve("not-a-program");
        Files.write(file, HexFormat.of().parseHex("7f454c46020101000000000000000000" + "0200b700"));

        LaunchFailure failure = failure(launches.plain(file));

        assertThat(failure.reason()).isEqualTo(Reason.CANNOT_START);
        assertThat(failure.message())
                .contains("path: " + file)
                .contains("mode: rw")
                .contains("not executable for this user")
                .contains("owner: ")
                .contains("architecture: ELF, aarch64");
        assertThat(failure(launches.plain(launches.folder().resolve("missing"))).message())
                .contains("the file does not exist");
    }

    /** TestClient_Stderr, _StderrJSON, _textLogLevel. */
    @Test
    void readsEveryKindOfLogLine() throws Exception {
        RecordedOutput output = new RecordedOutput();
        failure(launches.script(
                        "echo 'plain' >&2",
                        "echo '[WARN] a warning' >&2",
                        "echo '[\"HELLO\"]' >&2",
                        "echo '12345' >&2",
                        "echo '{\"a\":1}' >&2",
                        "exit 0")
                .withOutput(output));

        assertThat(launches.log().lines())
                .containsExactly(
                        "DEBUG plain", "WARNING a warning", "DEBUG [\"HELLO\"]", "DEBUG 12345", "DEBUG {\"a\":1}");
        assertThat(output.text(OutputChannel.STDERR))
                .isEqualTo("plain\n[WARN] a warning\n[\"HELLO\"]\n12345\n{\"a\":1}\n");
    }

    /** TestClient_logger. */
    @Test
    void aPluginsOwnLogKeepsItsLevelsAndFields() throws Exception {
        PluginConnection plugin = launches.connect(zoo());

        for (Map.Entry<String, String> level : Map.of(
                        "error", "ERROR", "warn", "WARNING", "info", "INFO", "debug", "DEBUG", "trace", "TRACE")
                .entrySet()) {
            var unused = behaviour(plugin)
                    .log(LogRequest.newBuilder()
                            .setLevel(level.getKey())
                            .setMessage("said")
                            .putFields("foo", "bar baz")
                            .build());
            launches.log()
                    .await(line -> line.startsWith(level.getValue() + " said: ") && line.contains("foo=\"bar baz\""));
        }
    }

    /** TestServerLogPanic. */
    @Test
    void thePanicOfAPluginIsLoggedWithItsStack() throws Exception {
        PluginConnection plugin = launches.connect(zoo());

        assertThatThrownBy(() -> behaviour(plugin).panic(PanicRequest.getDefaultInstance()))
                .isInstanceOf(StatusRuntimeException.class);

        plugin.onExit().get(30, TimeUnit.SECONDS);
        plugin.stop();
        assertThat(launches.log().lines())
                .filteredOn(line -> line.startsWith("ERROR "))
                .anyMatch(line -> line.startsWith("ERROR panic: as it was asked to"))
                .hasSizeGreaterThan(10);
    }

    /** TestClient_Stdin, for whoever starts the process. */
    @Test
    void aPluginReadsWhatItsHostWritesToItsStandardInput() throws Exception {
        AtomicReference<PluginProcess> process = new AtomicReference<>();
        PluginLauncher launcher = new PluginLauncher(
                request -> {
                    PluginProcess started = new PlainSpawner().start(request);
                    process.set(started);
                    started.stdin().write("hello\n".getBytes(StandardCharsets.UTF_8));
                    started.stdin().flush();
                    return started;
                },
                Clock.systemUTC(),
                launches.log());

        LaunchResult result = launcher.launch(launches.script("read line", "echo \"got $line\" >&2", "exit 4"));

        assertThat(result).isInstanceOf(LaunchResult.Failed.class);
        assertThat(process.get().onExit().join()).isEqualTo(4);
        assertThat(launches.log().lines()).containsExactly("DEBUG got hello");
    }

    /** TestClient_SkipHostEnv. */
    @Test
    void thePluginSeesItsOwnEnvironmentAndNothingOfTheHosts() throws Exception {
        Map<String, String> environment = new TreeMap<>(Map.of("GRANTED", "yes", "PLUGIN_CLIENT_CERT", "leaked"));
        PluginConnection plugin = launches.connect(zoo().withEnvironment(environment));

        assertThat(behaviour(plugin)
                        .environment(EnvironmentRequest.getDefaultInstance())
                        .getVariablesMap())
                .containsEntry("GRANTED", "yes")
                .containsEntry("MORTISE_PLUGIN", "mortise-plugin-v1")
                .containsEntry("PLUGIN_PROTOCOL_VERSIONS", "1")
                .containsEntry("PLUGIN_MIN_PORT", "10000")
                .containsEntry("PLUGIN_MAX_PORT", "25000")
                .containsEntry("PLUGIN_UNIX_SOCKET_DIR", launches.folder().toString())
                .doesNotContainKeys("PATH", "HOME", "USER", "PLUGIN_CLIENT_CERT", "PLUGIN_MULTIPLEX_GRPC");
    }

    /** TestClient_RequestGRPCMultiplexing_UnsupportedByPlugin. */
    @ParameterizedTest
    @ValueSource(strings = {"1|1|unix|/x|grpc|", "1|1|unix|/x|grpc||false", "1|1|unix|/x|grpc||0"})
    void saysThatAPluginCannotMultiplex(String line) throws Exception {
        LaunchFailure failure = failure(saying(line).withMultiplexing(true));

        assertThat(failure.reason()).isEqualTo(Reason.MULTIPLEXING_UNSUPPORTED);
        assertThat(failure.message()).contains("does not support broker multiplexing");
        assertThatNothingRuns();
    }

    @Test
    void saysThatAnAnswerAboutMultiplexingMakesNoSense() throws Exception {
        LaunchFailure failure = failure(saying("1|1|unix|/x|grpc||maybe").withMultiplexing(true));

        assertThat(failure.reason()).isEqualTo(Reason.MULTIPLEXING_UNSUPPORTED);
        assertThat(failure.message()).contains("its answer 'maybe' is neither true nor false");
        assertThatNothingRuns();
    }

    @Test
    void saysThatAPluginWhichClaimsToMultiplexDoesNot() throws Exception {
        assertThat(failure(saying("1|1|unix|/nonexistent/socket|grpc||true").withMultiplexing(true)))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE))
                .satisfies(failure -> assertThat(failure.message()).contains("cannot be connected to"));
        // The plugin says yes and serves HTTP/2 on its socket all the same.
        PluginLaunch zoo = zoo();
        PluginLaunch lying = launches.script(
                "unset PLUGIN_MULTIPLEX_GRPC",
                "'" + zoo.executable() + "' | while read -r line; do",
                "  case $line in *'|'*'|'*) echo \"${line}|true\";; *) echo \"$line\";; esac",
                "done");

        LaunchFailure failure = failure(lying.withMultiplexing(true));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.message()).contains("or the other end does not multiplex at all");
    }

    /** TestClient_SecureConfig. */
    @Test
    void startsAFileOnlyIfItIsTheOneThatWasChecked() throws Exception {
        Path file = GoPeers.executable("zoo");
        String good = PackageChecksum.of(file).files().getOrDefault("", "");
        String bad = "0".repeat(64);

        LaunchFailure failure = failure(zoo().withChecksum(PackageChecksum.ofFile(file, bad)));
        assertThat(failure.reason()).isEqualTo(Reason.CHECKSUM_MISMATCH);
        assertThat(failure.message()).contains("checksums did not match").contains("has been changed");
        assertThat(launches.connect(zoo().withChecksum(PackageChecksum.ofFile(file, good)))
                        .ping(SOON))
                .isNotNull();
    }

    /** TestClient_mtlsClient, TestClient_versionedClient. */
    @Test
    void agreesOnTheHighestVersionThatBothKnowAlsoWithAutoMtls() throws Exception {
        PluginConnection plugin = launches.connect(zoo("versions", "1,2,4")
                .withAutoMtls(true)
                .withHandshake(new Handshake("MORTISE_PLUGIN", "mortise-plugin-v1", List.of(1, 2, 3))));

        assertThat(plugin.version()).isEqualTo(2);
        assertThat(plugin.ping(SOON)).isNotNull();
        plugin.kill();
        assertThat(plugin.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
    }

    /** TestClientStart_badNegotiatedVersion, TestClient_wrongVersion. */
    @Test
    void saysWhichVersionsDoNotFit() throws Exception {
        LaunchFailure failure = failure(zoo("versions", "3,2"));

        assertThat(failure.reason()).isEqualTo(Reason.APP_VERSION);
        assertThat(failure.message()).contains("serves version '2'").contains("this host speaks [1]");
    }

    /** TestClient_ping, TestGRPC_Ping. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pingsAreAnsweredUntilThePluginHasGone(boolean multiplexed) throws Exception {
        PluginConnection plugin = launches.connect(zoo().withMultiplexing(multiplexed));

        assertThat(plugin.ping(SOON)).isNotNull();
        assertThat(plugin.ping(SOON)).isNotNull();
        plugin.kill();
        assertThatThrownBy(() -> plugin.ping(SOON)).isInstanceOf(StatusRuntimeException.class);
    }

    /** TestGRPC_Reflection. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seesThePluginsOwnServices(boolean multiplexed) throws Exception {
        PluginConnection plugin = launches.connect(zoo().withMultiplexing(multiplexed));

        assertThat(ReflectedFunctions.of(plugin.channel(), SOON).orElseThrow())
                .extracting(function -> function.name())
                .contains("kv_get", "kv_put", "behaviour_print", "behaviour_hang")
                .allMatch(name -> name.startsWith("kv_") || name.startsWith("behaviour_"));
    }

    /** A refused cookie. */
    @Test
    void saysThatAPluginWasMadeForAnotherHost() throws Exception {
        LaunchFailure failure = failure(zoo().withHandshake(new Handshake("OTHER_HOST", "x", List.of(1))));

        assertThat(failure.reason()).isEqualTo(Reason.EXITED_EARLY);
        assertThat(failure.message()).contains("with status 1").contains("OTHER_HOST");
        assertThat(launches.log().lines()).anyMatch(line -> line.contains("This binary is a plugin"));
    }
}
