package dev.mortise.plugin.statustcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@PluginTest(value = StatusTcp.class, config = "{\"allow\":[\"127.0.0.1\"],\"degraded_ms\":25000,\"timeout_ms\":25000}")
class StatusTcpTest {

    private ServerSocket server;
    private PluginUnderTest plugin;

    @BeforeEach
    void start(PluginUnderTest started) throws IOException {
        plugin = started;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Check check(String... config) {
        Map<String, String> values = new HashMap<>();
        values.put("host", "127.0.0.1");
        values.put("port", Integer.toString(server.getLocalPort()));
        for (int i = 0; i < config.length; i += 2) {
            values.put(config[i], config[i + 1]);
        }
        return plugin.host().services().get(StatusProvider.class).check(Component.of("db", "DB", "tcp", values));
    }

    private void greet(String... pieces) {
        Thread.ofVirtual().start(() -> {
            try (Socket socket = server.accept()) {
                for (String piece : pieces) {
                    socket.getOutputStream().write(piece.getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                    Thread.sleep(10);
                }
            } catch (IOException | InterruptedException e) {
                // The other side is gone.
            }
        });
    }

    @Test
    void whoAcceptsAConnectionIsOperational() {
        Check check = check();

        assertThat(check.state()).isEqualTo(HealthState.OPERATIONAL);
        assertThat(check.component()).isEqualTo("db");
    }

    @Test
    void aGreetingIsWaitedForAndMayComeInPieces() {
        greet("220 mail.exam", "ple.com ES", "MTP ready\r\n");
        assertThat(check("expect_banner", "ESMTP").state()).isEqualTo(HealthState.OPERATIONAL);

        greet("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(check("expect_banner", "ESMTP"))
                .extracting(Check::state, Check::message)
                .containsExactly(HealthState.DOWN, "it does not greet as expected");
    }

    @Test
    void aGreetingThatDoesNotComeIsDownInTime() {
        assertThat(check("expect_banner", "ESMTP", "timeout_ms", "200"))
                .extracting(Check::state, Check::message)
                .containsExactly(HealthState.DOWN, "no answer within 200 ms");
    }

    @Test
    void whereNobodyListensIsDown() throws IOException {
        server.close();

        assertThat(check().message()).contains("nobody accepts the connection");
    }

    @Test
    void anAddressThatIsNotPublicMustBeGranted() {
        plugin.configure(JsonObject.of("allow", List.of("*")));

        assertThat(check().state()).isEqualTo(HealthState.UNKNOWN);
        assertThat(check().message()).contains("not public");
        assertThat(check("host", "::1").message()).contains("not public");
        assertThat(check("host", "[::ffff:127.0.0.1]").message()).contains("not public");
    }

    @ParameterizedTest
    @CsvSource({"host, ''", "port, ''", "port, 0", "port, 65536", "port, ssh", "timeout_ms, -1"})
    void aConfigurationThatMakesNoSenseIsUnknownAndSaysWhy(String key, String value) {
        assertThat(check(key, value))
                .satisfies(check -> assertThat(check.state()).isEqualTo(HealthState.UNKNOWN))
                .satisfies(check -> assertThat(check.message()).contains("makes no sense: " + key));
    }
}
