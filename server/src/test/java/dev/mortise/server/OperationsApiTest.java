package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OperationsApiTest {

    /** A comment, or a sample: name, labels, value. */
    private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) [a-z_]+ .+"
            + "|[a-z_]+(\\{([a-z_]+=\"([^\"\\\\\n]|\\\\[\"\\\\n])*\",?)+})? (NaN|[+-]Inf|-?[0-9.]+(E-?[0-9]+)?)");

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void healthAndReadinessNeedNoToken() {
        assertThat(open("/healthz").text()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(open("/readyz").text()).isEqualTo("{\"status\":\"ok\",\"phase\":\"ready\"}");
    }

    @Test
    void aHostThatIsClosedIsNotReadyAndItsServerIsStillAlive() {
        served.host.close();

        Reply ready = open("/readyz");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.text()).isEqualTo("{\"status\":\"unavailable\",\"phase\":\"closed\"}");
        assertThat(open("/healthz").status()).isEqualTo(200);
    }

    @Test
    void theStatusIsTheHosts() {
        served.withProbe();

        Reply status = served.get(Role.VIEWER, "/api/v1/status");

        assertThat(status.json().text("phase")).contains("ready");
        assertThat(status.json().integer("active")).hasValue(1);
        assertThat(status.json().integer("generation")).hasValue(1);
        assertThat(status.text()).contains("\"runtimes\":[\"jvm\"]");
    }

    @Test
    void metricsAreInTheFormatThatPrometheusReads() {
        served.withProbe();
        served.post(Role.OPERATOR, "/api/v1/functions/greet", "");
        served.post(Role.OPERATOR, "/api/v1/functions/break_", "");

        Reply reply = served.get(Role.VIEWER, "/metrics");

        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.text()).endsWith("\n");
        assertThat(reply.text().lines()).allMatch(line -> LINE.matcher(line).matches());
        assertThat(reply.text())
                .contains(
                        "\nmortise_generation 1\n",
                        "\nmortise_phase{phase=\"ready\"} 1\n",
                        "\nmortise_plugins{status=\"active\"} 1\n",
                        "\nmortise_plugin_calls_total{plugin=\"probe\",kind=\"function\",contribution=\"greet\"} 1\n",
                        "\nmortise_plugin_failures_total{plugin=\"probe\",kind=\"function\",contribution=\"break_\"} 1\n",
                        "\nmortise_plugin_call_duration_seconds_count{plugin=\"probe\",kind=\"function\",contribution=\"greet\"} 1\n",
                        "\nmortise_plugin_breaker{plugin=\"probe\",state=\"closed\"} 1\n",
                        "\nmortise_http_answers_total{status=\"502\"} 1\n",
                        "\n# TYPE mortise_plugin_call_duration_seconds summary\n",
                        "\njvm_memory_used_bytes{area=\"heap\"} ");
        Set<String> samples = new HashSet<>();
        assertThat(reply.text()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.lastIndexOf(" "))))
                .as("no sample twice")
                .allMatch(samples::add);
    }

    /** A request under way when the server is closed finishes; the host stays as it is. */
    @Test
    void closingTheServerLetsACallUnderWayFinish() throws Exception {
        served.withProbe();
        try (RawConnection call = RawConnection.to(served.server.url())) {
            call.send("POST /api/v1/functions/hang HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + served.secret(Role.OPERATOR) + "\r\n\r\n");
            Eventually.holds(() -> assertThat(served.host.status().inFlight()).isEqualTo(1));

            served.server.close();

            RawConnection.Answer answer = call.read();
            assertThat(answer.status()).isEqualTo(504);
            assertThat(answer.body()).contains("deadline_exceeded");
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
        assertThat(served.host.status().phase().name()).isEqualTo("READY");
    }

    @Test
    void closingAServerTwiceIsFine() {
        served.server.close();
        served.server.close();
    }

    private Reply open(String path) {
        return served.send(null, "GET", path, BodyPublishers.noBody(), "");
    }
}
