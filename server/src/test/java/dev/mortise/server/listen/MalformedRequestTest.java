package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request at all is answered with a problem, in our own words, and ends the connection. */
class MalformedRequestTest {

    private final TestService server = TestService.with(
            Route.get("/here").by(_ -> Answer.ok(JsonObject.of("here", true))),
            Route.post("/here")
                    .takes(new Payload.AnyObject("anything"))
                    .by(call -> Answer.ok(JsonObject.of("got", call.object()))));

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Arguments> malformed() {
        String host = "Host: localhost\r\n";
        return Stream.of(
                Arguments.of("no version", "GET /here\r\n\r\n", 400),
                Arguments.of("nothing but spaces", "   \r\n\r\n", 400),
                Arguments.of("another protocol", "GET /here FTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("HTTP/1.0", "GET /here HTTP/1.0\r\n" + host + "\r\n", 505),
                Arguments.of("HTTP/2 without an upgrade", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
                Arguments.of("no host", "GET /here HTTP/1.1\r\n\r\n", 400),
                Arguments.of("two hosts", "GET /here HTTP/1.1\r\n" + host + host + "\r\n", 400),
                Arguments.of("a host that is none", "GET /here HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
                Arguments.of("a port that is none", "GET /here HTTP/1.1\r\nHost: localhost:x\r\n\r\n", 400),
                Arguments.of("a header without a colon", "GET /here HTTP/1.1\r\n" + host + "nothing\r\n\r\n", 400),
                Arguments.of("a space before the colon", "GET /here HTTP/1.1\r\n" + host + "X : y\r\n\r\n", 400),
                Arguments.of("a folded header", "GET /here HTTP/1.1\r\n" + host + "X: y\r\n z: a\r\n\r\n", 400),
                Arguments.of("a control character", "GET /here HTTP/1.1\r\n" + host + "X: \u0001\r\n\r\n", 400),
                Arguments.of("broken percent-encoding", "GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("half a percent-encoding", "GET /here?a=%2 HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("markup in the query", "GET /here?<script> HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("a very long line", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + host + "\r\n", 414),
                Arguments.of(
                        "very long headers",
                        "GET /here HTTP/1.1\r\n" + host + "X: " + "a".repeat(40_000) + "\r\n\r\n",
                        400),
                Arguments.of(
                        "two lengths",
                        "POST /here HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                        400),
                Arguments.of(
                        "the same length twice",
                        "POST /here HTTP/1.1\r\n" + host + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                        400),
                Arguments.of(
                        "two lengths in one", "POST /here HTTP/1.1\r\n" + host + "Content-Length: 2, 2\r\n\r\n{}", 400),
                Arguments.of(
                        "a length below zero",
                        "POST /here HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        400),
                Arguments.of(
                        "a length with a sign", "POST /here HTTP/1.1\r\n" + host + "Content-Length: +2\r\n\r\n{}", 400),
                Arguments.of(
                        "a length that is none",
                        "POST /here HTTP/1.1\r\n" + host + "Content-Length: many\r\n\r\n{}",
                        400),
                Arguments.of(
                        "a length and chunks",
                        "POST /here HTTP/1.1\r\n" + host
                                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        400),
                Arguments.of(
                        "another coding than chunks",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n{}",
                        400),
                Arguments.of(
                        "two codings",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                        400),
                Arguments.of(
                        "chunks in disguise",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                        400),
                Arguments.of(
                        "a chunk without a length",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n",
                        400),
                Arguments.of(
                        "a chunk of less than nothing",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n",
                        400),
                Arguments.of(
                        "a chunk of far too much",
                        "POST /here HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}\r\n",
                        413),
                Arguments.of(
                        "a packed body",
                        "POST /here HTTP/1.1\r\n" + host + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                        400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void isAnsweredWithAProblemAndTheConnectionEnds(String what, String request, int status) throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection.send(request).read();

            assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
            assertThat(answer.headers())
                    .containsEntry("content-type", "application/problem+json")
                    .containsEntry("connection", "close")
                    .containsEntry("x-content-type-options", "nosniff")
                    .doesNotContainKey("server");
            assertThat(answer.body())
                    .contains("\"status\":" + status)
                    .contains("\"code\":")
                    .doesNotContainIgnoringCase("helidon")
                    .doesNotContain("Exception", "java.", "script", "see server log");
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%ff%fe", "/here%00", "/here?a=%ff", "/here?a=%0a", "//", "/here/../here/x", "/./here/.."})
    void aTargetThatMakesNoSenseIsRefusedAndTheConnectionGoesOn(String target) throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .read();

            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
            connection.send("GET /here HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(connection.read().body()).isEqualTo("{\"here\":true}");
        }
    }

    @Test
    void onlyWhatBelongsToTheFirstRequestIsTakenForIt() throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            connection.send("POST /here HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\n{\"a\": 1}"
                    + "GET /here HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().body()).isEqualTo("{\"got\":{\"a\":1}}");
            assertThat(connection.read().body()).isEqualTo("{\"here\":true}");
        }
    }

    @Test
    void aConnectionEndsWhenTheClientSaidSo() throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            RawConnection.Answer answer = connection
                    .send("GET /here HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .read();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(connection.isEnded()).isTrue();
        }
    }
}
