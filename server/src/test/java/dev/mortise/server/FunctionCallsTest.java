package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Role;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionCallsTest {

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder).withProbe();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aFunctionIsListedWithItsSchemasAndFoundByBothNames() {
        Reply list = served.get(Role.VIEWER, "/api/v1/functions");
        Reply bare = served.get(Role.VIEWER, "/api/v1/functions/greet");
        Reply qualified = served.get(Role.VIEWER, "/api/v1/functions/probe.greet");

        assertThat(list.json().array("functions").orElseThrow().values()).contains(bare.json());
        assertThat(bare.json()).isEqualTo(qualified.json());
        assertThat(bare.json().text("plugin")).contains("probe");
        assertThat(bare.json().object("params").orElseThrow().toString()).contains("\"default\":\"world\"");
    }

    @Test
    void aCallIsAnsweredWithTheBareResultAndWhereItCameFrom() {
        Reply reply = served.post(Role.OPERATOR, "/api/v1/functions/greet", "{\"name\":\"Ada\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("{\"message\":\"Hello, Ada!\"}");
        assertThat(reply.header("Mortise-Generation")).isEqualTo("1");
        assertThat(reply.header("Mortise-Plugin")).isEqualTo("probe");
        assertThat(reply.header("Mortise-Version")).isEqualTo("1.0.0");
        assertThat(reply.header("Mortise-Trace-Id")).matches("[0-9a-f]{32}");
        assertThat(served.post(Role.OPERATOR, "/api/v1/functions/number", "").text())
                .isEqualTo("42");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nothing_like_it | {}              | 404 | function_not_found
            greet           | {"name":1}      | 400 | invalid_params
            greet           | {"nmae":"Ada"}  | 400 | invalid_params
            greet           | {"name":        | 400 | invalid_json
            greet           | []              | 422 | invalid_body
            refuse          | {}              | 422 | function_failed
            break_          | {}              | 502 | plugin_fault
            hang            | {}              | 504 | deadline_exceeded
            """)
    void aCallThatGoesWrongSaysHow(String function, String body, int status, String code) {
        Reply reply = served.post(Role.OPERATOR, "/api/v1/functions/" + function, body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text()).doesNotContain("\\tat ");
    }

    @Test
    void aCallerMayWaitLessLongThanThePlugin() {
        Reply reply = served.send(
                Role.OPERATOR,
                "POST",
                "/api/v1/functions/hang",
                BodyPublishers.noBody(),
                "",
                "Mortise-Deadline-Ms",
                "50");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.code()).isEqualTo("deadline_exceeded");
        assertThat(reply.text()).containsPattern("within \\d{1,2} ms");
    }

    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 0af7651916cd43dd8448eb211c80319c",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01, ''",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, ''",
        "nonsense, ''"
    })
    void aCallIsTracedUnderTheCallersTraceIfItHasAValidOne(String header, String expected) {
        Reply reply = served.send(
                Role.OPERATOR, "POST", "/api/v1/functions/number", BodyPublishers.noBody(), "", "traceparent", header);

        String traceId = reply.header("Mortise-Trace-Id");
        assertThat(traceId).matches("[0-9a-f]{32}");
        if (!expected.isEmpty()) {
            assertThat(traceId).isEqualTo(expected);
        }
        assertThat(served.get(Role.VIEWER, "/api/v1/traces?plugin=probe&limit=5")
                        .text())
                .contains(traceId, "\"caller\":\"the-operator\"", "\"duration_ms\":");
    }

    @Test
    void aPluginThatKeepsFailingIsQuarantinedAndReleasedAgain() {
        for (int i = 0; i < 20; i++) {
            served.post(Role.OPERATOR, "/api/v1/functions/break_", "");
        }
        Reply refused = served.post(Role.OPERATOR, "/api/v1/functions/number", "");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("quarantined");
        assertThat(refused.header("Retry-After")).matches("\\d+");
        Reply released = served.post(Role.OPERATOR, "/api/v1/plugins/probe/release", "");
        assertThat(released.json().text("status")).contains("active");
        assertThat(served.post(Role.OPERATOR, "/api/v1/functions/number", "").text())
                .isEqualTo("42");
    }

    @Test
    void twoHundredCallsAtOnceAreAllAnswered() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Reply>> replies = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> served.post(Role.OPERATOR, "/api/v1/functions/greet", "{\"name\":\"" + i + "\"}"),
                            threads))
                    .toList();

            for (int i = 0; i < 200; i++) {
                Reply reply = replies.get(i).join();
                // The plugin takes 64 calls at once; what is beyond is told to come back.
                if (reply.status() == 429) {
                    assertThat(reply.code()).isEqualTo("too_many_calls");
                    assertThat(reply.header("Retry-After")).isNotEmpty();
                } else {
                    assertThat(reply.text()).isEqualTo("{\"message\":\"Hello, " + i + "!\"}");
                }
            }
        }
        assertThat(served.host.status().inFlight()).isZero();
    }

    @Test
    void aCallerWhoHangsUpLeavesNothingBehind() throws Exception {
        try (RawConnection connection = RawConnection.to(served.server.url())) {
            connection.send("POST /api/v1/functions/hang HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + served.secret(Role.OPERATOR) + "\r\nMortise-Deadline-Ms: 200\r\n\r\n");
            connection.drop();
        }
        try (RawConnection connection = RawConnection.to(served.server.url())) {
            connection.send("POST /api/v1/functions/greet HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + served.secret(Role.OPERATOR) + "\r\nContent-Length: 100\r\n\r\n{\"name\":");
            connection.drop();
        }

        Eventually.holds(() -> assertThat(served.get(Role.VIEWER, "/metrics").text())
                .contains("\nmortise_calls_in_flight 0\n", "\nmortise_http_requests_in_flight 1\n"));
        assertThat(served.post(Role.OPERATOR, "/api/v1/functions/number", "").text())
                .isEqualTo("42");
    }
}
