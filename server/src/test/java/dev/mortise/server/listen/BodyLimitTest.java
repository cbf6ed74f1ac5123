package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Content;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Shape;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of a body is read: 1,000 bytes of JSON, 3,000 of an archive, and an archive in JSON. */
class BodyLimitTest {

    private static final Field<String> BUNDLE = Field.text("bundle", "An archive.");

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestService server = TestService.with(
            Route.post("/json").takes(new Payload.AnyObject("anything")).by(_ -> Answer.ok(JsonObject.EMPTY)),
            Route.post("/package")
                    .takes(new Payload.PluginPackage(Shape.of(BUNDLE)))
                    .by(BodyLimitTest::size),
            Route.get("/nothing").by(_ -> Answer.ok(JsonObject.EMPTY)));

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void jsonUpToTheLimitIsTaken() throws Exception {
        assertThat(send("/json", "application/json", sized(json(1000))).statusCode())
                .isEqualTo(200);
        assertThat(send("/json", "application/json", chunked(json(1000))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void jsonBeyondTheLimitIsRefusedHoweverItIsSent() throws Exception {
        for (BodyPublisher body : new BodyPublisher[] {sized(json(1001)), chunked(json(1001)), chunked(json(4000))}) {
            HttpResponse<String> answer = send("/json", "application/json", body);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":\"body_too_large\"", "\"limit\":1000");
        }
    }

    @Test
    void anArchiveMayBeLarger() throws Exception {
        assertThat(send("/package", "application/zip", chunked("x".repeat(3000)))
                        .body())
                .isEqualTo("{\"bytes\":3000}");
        assertThat(send("/package", "application/zip", chunked("x".repeat(3001)))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void anArchiveWithinJsonMayBeAsLargeAsOneOutsideOfIt() throws Exception {
        String body = "{\"bundle\":\"" + "x".repeat(4000) + "\"}";

        assertThat(send("/package", "application/json", sized(body)).body()).isEqualTo("{\"characters\":4000}");
    }

    @Test
    void aLargeArchiveWithinJsonIsNotStoppedByAnotherLimitOnTheWay() throws Exception {
        Route route = Route.post("/package")
                .takes(new Payload.PluginPackage(Shape.of(BUNDLE)))
                .by(BodyLimitTest::size);
        try (TestService large = TestService.taking(new BodyLimits(1000, 20 << 20), route)) {
            HttpRequest request = HttpRequest.newBuilder(large.url().resolve("/package"))
                    .POST(sized("{\"bundle\":\"" + "x".repeat(20_000_000) + "\"}"))
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("{\"characters\":20000000}");
        }
    }

    /** Five gigabytes are announced; the answer comes before a byte of them has been sent. */
    @Test
    void aBodyThatIsAnnouncedTooLargeIsRefusedUnseen() throws Exception {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection
                    .send("POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 5000000000\r\n\r\n")
                    .read();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.headers()).containsEntry("connection", "close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/json", "/nowhere"})
    void whoWaitsForAGoAheadIsRefusedWithoutOne(String path) throws Exception {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection
                    .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1500\r\nExpect: 100-continue\r\n\r\n")
                    .read();

            assertThat(answer.status()).isIn(404, 413);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void whoWaitsForAGoAheadGetsOneWhenTheBodyIsWanted() throws Exception {
        try (RawConnection connection = RawConnection.to(server.url())) {
            connection.send("POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");

            assertThat(connection.readHead()).startsWith("HTTP/1.1 100 ");
            assertThat(connection.send("{}").read().status()).isEqualTo(200);
        }
    }

    @Test
    void aSmallBodyThatNobodyWantsDoesNotDisturbTheNextRequest() throws Exception {
        try (RawConnection connection = RawConnection.to(server.url())) {
            String get = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n";
            connection.send(get + "Content-Length: 20\r\n\r\n" + "GET / HTTP/1.1\r\nHost" + get + "\r\n");

            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aLargeBodyThatNobodyWantsEndsTheConnectionAfterTheAnswer() throws Exception {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection
                    .send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n"
                            + "Expect: nothing\r\n\r\n")
                    .send("x".repeat(4000))
                    .read();

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(connection.isEnded()).isTrue();
        }
    }

    private HttpResponse<String> send(String path, String type, BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .header("Content-Type", type)
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static Answer size(Call call) {
        return switch (call.content()) {
            case Content.Archive(byte[] bytes) -> Answer.ok(JsonObject.of("bytes", bytes.length));
            case Content.None _, Content.Members _, Content.AnyObject _, Content.Whole _ ->
                Answer.ok(JsonObject.of("characters", call.get(BUNDLE).length()));
        };
    }

    private static String json(int length) {
        return "{\"a\":\"" + "x".repeat(length - 8) + "\"}";
    }

    private static BodyPublisher sized(String body) {
        return BodyPublishers.ofString(body);
    }

    private static BodyPublisher chunked(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }
}
