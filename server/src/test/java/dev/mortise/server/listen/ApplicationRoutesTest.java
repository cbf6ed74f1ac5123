package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.server.problem.ProblemDocument;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.ErrorForm;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteTable;
import dev.mortise.server.route.StreamBody;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application's operations may do that the host's own do not. */
@Timeout(120)
class ApplicationRoutesTest {

    /** Tells of problems as some other protocol does. */
    private static final ErrorForm TERSE = new ErrorForm() {
        @Override
        public Answer render(Problem problem) {
            ProblemDocument document = ProblemDocument.of(problem);
            return new Answer.Json(
                    document.status(), JsonObject.of("oops", problem.code().code()), document.headers());
        }

        @Override
        public String mediaType() {
            return "application/json";
        }

        @Override
        public JsonObject schema() {
            return JsonObject.of("type", "object");
        }
    };

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void problemsBelowAnApplicationsPathsHaveItsForm() throws Exception {
        Route broken = Route.get("/app/broken").fails(TERSE).by(_ -> {
            throw new IllegalStateException("a bug");
        });
        Route own = Route.get("/own/thing").by(_ -> Answer.ok(JsonObject.EMPTY));
        try (TestService service = TestService.with(broken, own)) {
            assertThat(get(service.url().resolve("/app/nothing")).body()).isEqualTo("{\"oops\":\"not_found\"}");
            assertThat(get(service.url().resolve("/app/broken")).body()).isEqualTo("{\"oops\":\"internal\"}");
            assertThat(get(service.url().resolve("/app/%ff")).body()).isEqualTo("{\"oops\":\"invalid_request\"}");
            assertThat(get(service.url().resolve("/own/nothing")).body()).contains("urn:mortise:problem:not_found");
        }
    }

    @Test
    void anOperationMayTakeLargerBodiesAndSeeHowTheyAreWritten() throws Exception {
        Route echo = Route.post("/app/echo")
                .takes(new Payload.AnyObject("anything", JsonObject.EMPTY, OptionalLong.of(5000)))
                .by(call -> Answer.ok(JsonObject.of("written", new String(call.text(), StandardCharsets.UTF_8))));
        String body = "{ \"x\" : \"" + "y".repeat(4000) + "\" }";
        try (TestService service = TestService.taking(new BodyLimits(100, 100), echo);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(service.url().resolve("/app/echo"))
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo(JsonObject.of("written", body).toString());
        }
    }

    @Test
    void aStreamMayLeaveItsConnectionOpen() throws Exception {
        Route stream =
                Route.get("/app/stream").by(_ -> new Answer.Stream(words("one", "two"), Map.of("x-app", "yes"), false));
        try (TestService service = TestService.with(stream);
                Socket socket = new Socket("127.0.0.1", service.url().getPort())) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream()
                        .write("GET /app/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(readTo(socket, "\r\n0\r\n\r\n"))
                        .contains("HTTP/1.1 200", "x-app: yes", "data: one", "data: two")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void anOperationLearnsThatItsClientHasHungUp() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        Route waiting = Route.get("/app/wait").by(call -> {
            while (!call.connection().isLost()) {
                working.countDown();
                // Whoever only yields keeps others from the one thread that a machine with one processor has for them.
                LockSupport.parkNanos(1_000_000);
            }
            lost.countDown();
            return Answer.ok(JsonObject.EMPTY);
        });
        try (TestService service = TestService.with(waiting)) {
            try (Socket socket = new Socket("127.0.0.1", service.url().getPort())) {
                socket.getOutputStream()
                        .write("GET /app/wait HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aRequestThatComesWhileItsConnectionIsWatchedIsAnswered() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        Route watching = Route.get("/app/watch").by(call -> {
            boolean lost = call.connection().isLost();
            await(sent);
            return Answer.ok(JsonObject.of("lost", lost));
        });
        byte[] request = "GET /app/watch HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (TestService service = TestService.with(watching);
                Socket socket = new Socket("127.0.0.1", service.url().getPort())) {
            socket.getOutputStream().write(request);
            socket.getOutputStream().write(request);
            sent.countDown();

            assertThat(readTo(socket, "{\"lost\":false}")).contains("HTTP/1.1 200");
            assertThat(readTo(socket, "{\"lost\":false}")).contains("HTTP/1.1 200");
        }
    }

    @Test
    void twoOperationsCannotHaveTheSamePlace() {
        Route one = Route.get("/v1/x").named("one", "", "").by(_ -> Answer.ok(JsonObject.EMPTY));
        Route same = Route.get("/v1/x").named("other", "", "").by(_ -> Answer.ok(JsonObject.EMPTY));
        Route namesake = Route.get("/v1/y").named("one", "", "").by(_ -> Answer.ok(JsonObject.EMPTY));

        assertThatThrownBy(() -> new RouteTable(List.of(one, same))).hasMessageContaining("/v1/x");
        assertThatThrownBy(() -> new RouteTable(List.of(one, namesake))).hasMessageContaining("one");
    }

    private static StreamBody words(String... words) {
        return new StreamBody() {
            @Override
            public void write(EventSink sink) throws IOException {
                for (String word : words) {
                    sink.send("data: " + word + "\n\n");
                }
            }

            @Override
            public void close() {}
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readTo(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("it ended after: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }
}
