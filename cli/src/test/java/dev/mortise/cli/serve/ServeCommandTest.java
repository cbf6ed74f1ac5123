package dev.mortise.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.harness.Eventually;
import dev.mortise.cli.harness.HostProcess;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServeCommandTest {

    private static final int SIGINT = 2;

    @TempDir
    Path folder;

    private Path data;
    private TestTerminal terminal;

    @BeforeEach
    void nameTheDirectory() {
        data = folder.resolve("data");
        terminal = new TestTerminal(folder).with("MORTISE_DATA", data.toString());
    }

    @Test
    void saysWhereItListensAndHowToCallSomething() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            JsonObject written = hostFile();

            assertThat(host.out())
                    .contains("serves " + written.text("url").orElseThrow(), "mortise list", "admin.token")
                    .containsPattern("ready in \\d+ ms");
            assertThat(written.integer("pid")).hasValue(host.pid());
            assertThat(written.has("version")).isTrue();
            assertThat(terminal.run("status").exitCode()).isZero();
        }
    }

    @Test
    void keepsItsDirectoryAndTokenToTheOwner() throws Exception {
        try (HostProcess _ = HostProcess.start(data)) {
            assertThat(permissions(data)).isEqualTo("rwx------");
            assertThat(permissions(data.resolve("admin.token"))).isEqualTo("rw-------");
        }
    }

    @Test
    void stopsOnTheFirstSignalAndTakesItsFileAway() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            host.terminate();

            assertThat(host.awaitEnd()).isZero();
            assertThat(host.out()).contains("stopping");
        }
        assertThat(data.resolve("host.json")).doesNotExist();
        assertThat(terminal.run("list").err()).contains("no host is running");
    }

    @Test
    void stopsOnAnInterruptFromTheTerminal() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            host.interrupt();

            assertThat(host.awaitEnd()).isZero();
        }
    }

    @Test
    void letsACallFinishBeforeItStops() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            install(sleeper(folder, 1500));
            CompletableFuture<Outcome> answer = CompletableFuture.supplyAsync(() -> terminal.run("invoke", "nap"));
            awaitCallUnderWay();

            host.terminate();

            assertThat(answer.get(60, TimeUnit.SECONDS).out()).isEqualTo("\"rested\"\n");
            assertThat(host.awaitEnd()).isZero();
        }
    }

    @Test
    void endsAtOnceOnASecondSignal() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            install(sleeper(folder, 60_000));
            Thread.ofVirtual()
                    .start(() -> new TestTerminal(folder)
                            .with("MORTISE_DATA", data.toString())
                            .run("invoke", "nap"));
            awaitCallUnderWay();
            host.terminate();
            Eventually.holds(() -> host.out().contains("stopping"));

            host.interrupt();

            assertThat(host.awaitEnd()).isEqualTo(128 + SIGINT);
        }
    }

    @Test
    void comesBackWithWhatWasInstalledAndTheSameToken() throws Exception {
        String token;
        try (HostProcess host = HostProcess.start(data)) {
            install(TestPlugin.folder(folder, "lasting", "1.0.0"));
            token = Files.readString(data.resolve("admin.token"));
            host.terminate();
            host.awaitEnd();
        }
        try (HostProcess _ = HostProcess.start(data)) {
            assertThat(terminal.run("invoke", "lasting_greet").exitCode()).isZero();
            assertThat(Files.readString(data.resolve("admin.token"))).isEqualTo(token);
        }
    }

    @Test
    void renewsATokenThatWasLost() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            host.terminate();
            host.awaitEnd();
        }
        Files.delete(data.resolve("admin.token"));
        try (HostProcess _ = HostProcess.start(data)) {
            assertThat(terminal.run("token", "list").out()).containsPattern("admin +admin");
        }
    }

    @Test
    void comesBackAfterItWasKilled() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            install(TestPlugin.folder(folder, "surviving", "1.0.0"));
        }
        assertThat(data.resolve("host.json")).exists();
        try (HostProcess _ = HostProcess.start(data)) {
            assertThat(terminal.run("invoke", "surviving_greet").exitCode()).isZero();
        }
    }

    @Test
    void refusesADirectoryThatAnotherHostUses() throws Exception {
        try (HostProcess first = HostProcess.start(data);
                HostProcess second = HostProcess.launch(data)) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.err()).startsWith("mortise: ").contains("in use", Long.toString(first.pid()));
            assertThat(terminal.run("status").exitCode())
                    .as("the first host is unharmed")
                    .isZero();
        }
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HostProcess host = HostProcess.launch(data, "--listen", "127.0.0.1:" + taken.getLocalPort())) {
            assertThat(host.awaitEnd()).isEqualTo(1);
            assertThat(host.err()).contains("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on", "--listen");
            assertThat(data.resolve("host.json")).doesNotExist();
        }
    }

    @Test
    void refusesToServePlainTextToOthersUnlessToldTo() throws Exception {
        try (HostProcess host = HostProcess.launch(data, "--listen", "0.0.0.0:0")) {
            assertThat(host.awaitEnd()).isEqualTo(1);
            assertThat(host.err()).contains("TLS");
        }
        try (HostProcess host = HostProcess.launch(data, "--listen", "0.0.0.0:0", "--allow-plaintext")) {
            host.awaitReady();
            assertThat(terminal.run("status").exitCode()).isZero();
        }
    }

    @Test
    void servesTlsWithACertificateThatItsOwnCommandsTrust() throws Exception {
        Path store = folder.resolve("store.p12");
        SelfSigned identity = SelfSigned.create(folder, store);

        try (HostProcess _ = HostProcess.start(
                data,
                "--tls-cert",
                identity.certificate().toString(),
                "--tls-key",
                identity.key().toString())) {
            String url = hostFile().text("url").orElseThrow();

            assertThat(url).startsWith("https://");
            assertThat(terminal.run("status").exitCode()).isZero();
            TestTerminal stranger = new TestTerminal(folder)
                    .with("MORTISE_URL", url)
                    .with(
                            "MORTISE_TOKEN",
                            Files.readString(data.resolve("admin.token")).strip());
            assertThat(stranger.run("status").err()).contains("no trusted connection", "MORTISE_CERTIFICATE");
            assertThat(stranger.with(
                                    "MORTISE_CERTIFICATE",
                                    identity.certificate().toString())
                            .run("status")
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void servesAGatewayForLanguageModels() throws Exception {
        Path settings = Files.writeString(folder.resolve("gateway.json"), "{\"models\": {\"fast\": \"llm-x/small\"}}");
        try (HostProcess host = HostProcess.start(data, "--gateway", settings.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            String url = hostFile().text("url").orElseThrow();
            HttpResponse<String> models = client.send(
                    HttpRequest.newBuilder(URI.create(url + "/v1/models"))
                            .header(
                                    "Authorization",
                                    "Bearer "
                                            + Files.readString(data.resolve("admin.token"))
                                                    .strip())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(host.out()).contains("OPENAI_BASE_URL=" + url + "/v1");
            assertThat(models.statusCode()).as(models.body() + host.err()).isEqualTo(200);
            assertThat(models.body()).contains("\"fast\"");
        }
    }

    @Test
    void saysWhatIsWrongWithTheGatewaysSettings() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("gateway.json"), "{\"model\": {}, \"timeouts\": {\"total_ms\": \"long\"}}");

        Outcome outcome = terminal.run("serve", "--gateway", settings.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("gateway.json", "/model is not known here", "/timeouts/total_ms");
        assertThat(terminal.run("serve", "--gateway", "nowhere.json").err()).contains("nowhere.json");
    }

    @Test
    void installsTheShippedPluginsOnceAndOnlyOnce() throws Exception {
        Path catalog = folder.resolve("catalog");
        TestPlugin.folder(catalog.resolve("hello-world"), "hello-world", "1.0.0", "{}");
        try (HostProcess host = HostProcess.start(data, "--catalog", catalog.toString())) {
            assertThat(terminal.run("list").out()).contains("hello-world");
            assertThat(host.out()).contains("mortise invoke hello-world.hello_world_");
            terminal.run("uninstall", "hello-world");
            host.terminate();
            host.awaitEnd();
        }
        try (HostProcess _ = HostProcess.start(data, "--catalog", catalog.toString())) {
            assertThat(terminal.run("list").out()).doesNotContain("hello-world");
        }
    }

    @Test
    void leavesTheShippedPluginsOutWhenToldTo() throws Exception {
        Path catalog = folder.resolve("catalog");
        TestPlugin.folder(catalog.resolve("hello-world"), "hello-world", "1.0.0", "{}");

        try (HostProcess _ = HostProcess.start(data, "--catalog", catalog.toString(), "--no-default-plugins")) {
            assertThat(terminal.run("list").out()).contains("no plugins yet");
        }
    }

    @Test
    void startsWithoutPluginsAndForgetsWhenClean() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            install(TestPlugin.folder(folder, "waiting", "1.0.0"));
            host.terminate();
            host.awaitEnd();
        }
        try (HostProcess host = HostProcess.start(data, "--clean")) {
            assertThat(terminal.run("list").out()).contains("no plugins yet");
            install(TestPlugin.folder(folder, "passing", "1.0.0"));
            host.terminate();
            host.awaitEnd();
        }
        try (HostProcess _ = HostProcess.start(data)) {
            assertThat(terminal.run("list").out()).contains("waiting").doesNotContain("passing");
        }
    }

    @Test
    void announcesItselfAsJson() throws Exception {
        try (HostProcess host = HostProcess.start(data, "--json")) {
            JsonObject announced = JsonCodec.STANDARD.parseObject(host.out()).orThrow();

            assertThat(announced.text("url")).isEqualTo(hostFile().text("url"));
            assertThat(announced.integer("ready_ms")).isPresent();
        }
    }

    @Test
    void logsOneLineARecordOnTheErrorStream() throws Exception {
        try (HostProcess host = HostProcess.start(data)) {
            install(TestPlugin.folder(folder, "talking", "1.0.0"));

            assertThat(host.err())
                    .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  talking: greeter 1\\.0\\.0 is here\n");
            assertThat(host.out()).doesNotContain("greeter 1.0.0 is here");
        }
    }

    private void install(Path plugin) {
        Outcome outcome = terminal.run("install", plugin.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    private void awaitCallUnderWay() throws InterruptedException {
        Eventually.holds(() ->
                terminal.run("status", "--json").json().integer("in_flight").orElse(0) > 0);
    }

    private JsonObject hostFile() throws IOException {
        return JsonCodec.STANDARD
                .parseObject(Files.readAllBytes(data.resolve("host.json")))
                .orThrow();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A plugin with a function {@code nap} that takes its time. */
    private static Path sleeper(Path folder, int millis) throws IOException {
        return TestPlugin.compiled(
                folder.resolve("sleeper"), "sleeper", """
                package test.sleeper;

                public final class Main implements dev.mortise.api.Plugin {
                    @dev.mortise.api.Rpc
                    public String nap() throws InterruptedException {
                        Thread.sleep(%d);
                        return "rested";
                    }
                }
                """.formatted(millis), "\"limits\": { \"deadline_ms\": 120000 }");
    }
}
