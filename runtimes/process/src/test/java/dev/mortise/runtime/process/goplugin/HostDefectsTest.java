package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.interop.v1.BehaviourGrpc;
import dev.mortise.interop.v1.SpawnRequest;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.fixture.Launches;
import dev.mortise.runtime.process.goplugin.LaunchFailure.Reason;
import dev.mortise.runtime.process.peer.DyingHost;
import dev.mortise.runtime.process.supervise.RunFolder;
import dev.mortise.runtime.process.wire.PeerIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Six ways in which plugins have brought other hosts of the protocol down, or have outlived them. */
@Timeout(120)
class HostDefectsTest {

    @RegisterExtension
    final Launches launches = new Launches();

    private PluginLaunch zoo(String... arguments) {
        return launches.plain(GoPeers.executable("zoo"), arguments);
    }

    private LaunchFailure failure(PluginLaunch launch) throws InterruptedException {
        LaunchResult result = launches.launch(launch);
        assertThat(result).isInstanceOf(LaunchResult.Failed.class);
        return ((LaunchResult.Failed) result).failure();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@message\":5}",
                "{\"@message\":\"m\",\"@level\":7}",
                "{\"@message\":\"m\",\"@level\":\"info\",\"@timestamp\":[]}",
                "{\"@message\":{\"@message\":null}}",
                "{\"@level\":\"info\",\"@level\":\"info\"}",
                "{",
                "null"
            })
    void r1AStrangeLogLineIsTextAndHarmsNobody(String line) throws Exception {
        launches.launch(launches.script("echo '" + line + "' >&2", "exit 0"));

        assertThat(launches.log().lines()).containsExactly("DEBUG " + line);
    }

    @Test
    void r2ACertificateThatNobodyAskedForIsAClearError() throws Exception {
        String certificate = PeerIdentity.create(Clock.systemUTC()).handshakeText();

        LaunchFailure failure =
                failure(launches.script("echo '1|1|unix|/x|grpc|" + certificate + "'", "exec sleep 600"));

        assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE_UNEXPECTED);
        assertThat(failure.message())
                .contains("plugin tested")
                .contains("wants TLS")
                .contains("switch AutoMTLS on");
    }

    @Test
    void r2WhatTheHostItselfWasStartedWithDoesNotReachThePlugin() throws Exception {
        Map<String, String> inherited = new HashMap<>(zoo().environment());
        inherited.put(
                "PLUGIN_CLIENT_CERT", PeerIdentity.create(Clock.systemUTC()).pem());
        inherited.put("PLUGIN_MULTIPLEX_GRPC", "true");

        PluginConnection plugin = launches.connect(zoo().withEnvironment(inherited));

        assertThat(plugin.ping(Duration.ofSeconds(10))).isNotNull();
    }

    @Test
    void r2AMissingCertificateIsAClearErrorToo() throws Exception {
        LaunchFailure failure = failure(
                launches.script("echo '1|1|unix|/x|grpc|'", "exec sleep 600").withAutoMtls(true));

        assertThat(failure.reason()).isEqualTo(Reason.CERTIFICATE_MISSING);
        assertThat(failure.message()).contains("names no certificate although AutoMTLS was asked for");
    }

    @Test
    void r3AGrandchildThatHoldsTheOutputDelaysNothingAndIsEnded() throws Exception {
        PluginConnection plugin = launches.connect(zoo());
        long grandchild = BehaviourGrpc.newBlockingStub(plugin.channel())
                .spawn(SpawnRequest.newBuilder().setSeconds(600).build())
                .getPid();

        StopReport report = plugin.stop();

        assertThat(report.step()).isEqualTo(StopReport.Step.SHUT_DOWN);
        ProcessHandle.of(grandchild)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void r3AFailedHandshakeWithAGrandchildDelaysNothing() throws Exception {
        Path pid = launches.folder().resolve("pid");

        LaunchFailure failure = failure(launches.script("sleep 600 &", "echo $! > '" + pid + "'", "echo '1|11'"));

        assertThat(failure.reason()).isIn(Reason.UNRECOGNIZED_HANDSHAKE, Reason.EXITED_EARLY);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void r4APluginThatNeverAnswersShutdownIsTerminated() throws Exception {
        PluginConnection plugin = launches.connect(zoo("deaf").withStopGrace(Duration.ofMillis(500)));

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.TERMINATED);
    }

    @Test
    void r4APluginThatIgnoresEvenThatIsKilled() throws Exception {
        PluginConnection plugin = launches.connect(zoo("deaf-term").withStopGrace(Duration.ofMillis(500)));

        assertThat(plugin.stop().step()).isEqualTo(StopReport.Step.KILLED);
        assertThat(plugin.process().isAlive()).isFalse();
    }

    /** A host's folder is removed by a process that outlives it, unless that is killed too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void r5WhatAKilledHostLeavesBehindIsSweptByTheNextOne(boolean withItsReaper) throws Exception {
        Path base = launches.folder().resolve("run");
        Process host = new ProcessBuilder(
                        JavaPeers.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingHost.class.getName(),
                        base.toString(),
                        GoPeers.executable("zoo").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle orphan;
        ProcessHandle reaper;
        try (var output = host.inputReader(StandardCharsets.UTF_8)) {
            orphan = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            reaper = host.children()
                    .filter(process -> !process.equals(orphan))
                    .findFirst()
                    .orElseThrow();
            if (withItsReaper) {
                reaper.destroyForcibly();
                reaper.onExit().join();
            }
            host.destroyForcibly().waitFor();
        }
        reaper.onExit().get(10, TimeUnit.SECONDS);
        assertThat(orphan.isAlive()).isTrue();
        assertThat(Files.list(base)).hasSize(withItsReaper ? 1 : 0);

        try (RunFolder next = RunFolder.open(base)) {
            orphan.onExit().get(10, TimeUnit.SECONDS);
            assertThat(Files.list(base))
                    .hasSize(1)
                    .allMatch(path -> path.getFileName()
                            .toString()
                            .startsWith(ProcessHandle.current().pid() + "-"));
            assertThat(next.next()).isEmptyDirectory();
        }
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void r6AFaultOfTlsIsToldWhenThePluginIsLoaded() throws Exception {
        PluginLaunch zoo = zoo();
        String certificate = PeerIdentity.create(Clock.systemUTC()).handshakeText();
        // The plugin announces another certificate than the one that it uses.
        PluginLaunch launch = launches.script(
                        "'" + zoo.executable() + "' | while read -r line; do",
                        "  case $line in *'|'*'|'*) echo \"${line%|*}|" + certificate + "\";; *) echo \"$line\";; esac",
                        "done")
                .withAutoMtls(true);

        LaunchFailure failure = failure(launch);

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.message())
                .contains("plugin tested")
                .contains("TLS fails")
                .contains("not the one that it announced");
    }
}
