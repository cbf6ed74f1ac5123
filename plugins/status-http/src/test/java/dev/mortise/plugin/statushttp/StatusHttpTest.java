package dev.mortise.plugin.statushttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@PluginTest(value = StatusHttp.class, config = "{\"allow\":[\"127.0.0.1\"],\"degraded_ms\":25000,\"timeout_ms\":25000}")
class StatusHttpTest {

    private ModelServer server;
    private PluginUnderTest plugin;

    @BeforeEach
    void start(PluginUnderTest started) throws IOException {
        plugin = started;
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.of("status", "fine")));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Check check(String... config) {
        Map<String, String> values = new HashMap<>(Map.of("url", server.url()));
        for (int i = 0; i < config.length; i += 2) {
            values.put(config[i], config[i + 1]);
        }
        return plugin.host().services().get(StatusProvider.class).check(Component.of("shop", "Shop", "http", values));
    }

    private static void raw(ModelServer.Asked asked, String text) throws IOException {
        asked.out().write(text.getBytes(StandardCharsets.ISO_8859_1));
        asked.out().flush();
    }

    @Test
    void aPageThatAnswersAsExpectedIsOperational() {
        Check check = check("expect_status", "200,204", "expect_body", "\"fine\"");

        assertThat(check.component()).isEqualTo("shop");
        assertThat(check.state()).isEqualTo(HealthState.OPERATIONAL);
        assertThat(check.message()).isEqualTo("status 200");
        assertThat(check.latency()).isPositive();
        assertThat(check.checkedAt()).isEqualTo(plugin.clock().instant());
        assertThat(server.last().orElseThrow().head()).startsWith("GET /v1 HTTP/1.1");
    }

    @Test
    void anotherStatusOrAnotherBodyIsDown() {
        assertThat(check("expect_body", "excellent")).extracting(Check::state).isEqualTo(HealthState.DOWN);

        server.does(asked -> asked.json(500, JsonObject.EMPTY));
        assertThat(check())
                .extracting(Check::state, Check::message)
                .containsExactly(HealthState.DOWN, "it answers with status 500");
        assertThat(check("expect_status", "500-599").state()).isEqualTo(HealthState.OPERATIONAL);
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() {
        server.does(asked -> asked.json(302, JsonObject.EMPTY, "Location: " + server.url()));

        assertThat(check("expect_status", "302").state()).isEqualTo(HealthState.OPERATIONAL);
        assertThat(check().state()).isEqualTo(HealthState.DOWN);
        assertThat(server.received).hasSize(2);
    }

    @Test
    void aBodyMayComeInChunks() {
        server.does(asked -> raw(
                asked,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nall\r\n8;x=y\r\n is well\r\n0\r\n\r\n"));

        assertThat(check("expect_body", "all is well").state()).isEqualTo(HealthState.OPERATIONAL);
    }

    @Test
    void theHeadAloneIsAskedForWhereThatIsWanted() {
        server.does(asked -> raw(asked, "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"));

        assertThat(check("method", "head").state()).isEqualTo(HealthState.OPERATIONAL);
        assertThat(server.last().orElseThrow().head()).startsWith("HEAD ");
    }

    @Test
    void whatTakesLongIsDegraded() {
        server.does(asked -> {
            Thread.sleep(20);
            asked.json(200, JsonObject.EMPTY);
        });

        assertThat(check("degraded_ms", "5").state()).isEqualTo(HealthState.DEGRADED);
    }

    @Test
    void whoDoesNotAnswerInTimeIsDown() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        server.does(asked -> asked.isLeft(left));

        assertThat(check("timeout_ms", "200"))
                .extracting(Check::state, Check::message)
                .containsExactly(HealthState.DOWN, "no answer within 200 ms");
        ModelServer.await(left);
    }

    @Test
    void whoAnswersWithAByteNowAndThenIsDownInTime() {
        server.does(asked -> {
            while (true) {
                raw(asked, "x");
                Thread.sleep(20);
            }
        });

        assertThat(check("timeout_ms", "300").message()).isEqualTo("no answer within 300 ms");
    }

    @Test
    void whereNobodyListensIsDown() throws IOException {
        server.close();

        assertThat(check())
                .satisfies(check -> assertThat(check.state()).isEqualTo(HealthState.DOWN))
                .satisfies(check -> assertThat(check.message()).contains("nobody accepts the connection"));
    }

    @Test
    void whatIsNotHttpIsDown() {
        server.does(asked -> raw(asked, "SSH-2.0-OpenSSH_9.6\r\n\r\n"));

        assertThat(check().message()).contains("does not speak HTTP");
    }

    @Test
    void anAddressThatIsNotPublicMustBeGrantedByItselfOrByItsExactName() {
        plugin.configure(JsonObject.of("allow", List.of("*")));
        assertThat(check().state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(check().message()).contains("127.0.0.1 is not public", "'allow'");
        String byName = server.url().replace("127.0.0.1", "localhost");
        assertThat(check("url", byName).message()).contains("is not public");
        assertThat(check("url", "http://169.254.169.254/latest/meta-data").message())
                .contains("is not public");
        assertThat(server.received).isEmpty();

        plugin.configure(JsonObject.of("allow", List.of("127.0.0.0/8")));
        assertThat(check().state()).isEqualTo(HealthState.OPERATIONAL);
        plugin.configure(JsonObject.of("allow", List.of("localhost")));
        assertThat(check().message()).contains("127.0.0.1 is not granted");
        plugin.configure(JsonObject.of("allow", List.of("127.0.0.1:1")));
        assertThat(check().message()).contains("127.0.0.1 is not granted");
        plugin.configure(JsonObject.of("allow", List.of()));
        assertThat(check().message()).contains("127.0.0.1 is not granted");
        assertThat(plugin.refuseConfig(JsonObject.of("allow", List.of("http://x")))
                        .message())
                .contains("allow");
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://example.com",
        "url, http://user@example.com",
        "url, nonsense",
        "url, ''",
        "method, POST",
        "expect_status, fine",
        "timeout_ms, 0",
        "degraded_ms, soon"
    })
    void aConfigurationThatMakesNoSenseIsUnknownAndSaysWhy(String key, String value) {
        Check check = check(key, value);

        assertThat(check.state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(check.message()).contains("makes no sense: " + key);
    }

    @Test
    void aHostThatDoesNotExistIsDown() {
        plugin.configure(JsonObject.of("allow", List.of("*")));

        assertThat(check("url", "http://there-is-no-such-host.invalid/").state())
                .isIn(HealthState.DOWN, HealthState.UNKNOWN);
    }

    @Test
    void whatIsWrongWithTlsIsSaid(@TempDir Path folder) throws Exception {
        try (TlsServer stranger = TlsServer.with(folder, "-ext", "SAN=ip:127.0.0.1")) {
            assertThat(check("url", stranger.url()).message())
                    .isEqualTo("its TLS certificate is from nobody who is trusted here");

            trust(stranger);
            assertThat(check("url", stranger.url()).state()).isEqualTo(HealthState.OPERATIONAL);
            String plain = stranger.url().replace("https:", "http:");
            assertThat(check("url", plain).state()).isEqualTo(HealthState.DOWN);
        }
        try (TlsServer another = TlsServer.with(folder, "-ext", "SAN=dns:example.org")) {
            trust(another);
            assertThat(check("url", another.url()).message()).isEqualTo("its TLS certificate is for another host");
        }
        try (TlsServer expired =
                TlsServer.with(folder, "-ext", "SAN=ip:127.0.0.1", "-startdate", "-9d", "-validity", "2")) {
            trust(expired);
            assertThat(check("url", expired.url()).message()).isEqualTo("its TLS certificate has expired");
        }
    }

    @Test
    void whoDoesNotSpeakTlsIsDown() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    int _ = socket.getInputStream().read();
                } catch (IOException e) {
                    // The other side is gone.
                }
            });

            assertThat(check("url", "https://127.0.0.1:" + plain.getLocalPort() + "/")
                            .message())
                    .startsWith("TLS fails");
        }
    }

    private void trust(TlsServer other) {
        plugin.configure(JsonObject.of("ca_certificates", other.pem()).with("allow", List.of("127.0.0.1")));
    }
}
