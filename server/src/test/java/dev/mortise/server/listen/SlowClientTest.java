package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody holds a connection by being slow; a server that waits for nobody longer than 300 ms shows it. */
@Timeout(60)
class SlowClientTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final CountDownLatch release = new CountDownLatch(1);

    private TestService server(Duration patience, Duration idle) {
        return TestService.impatient(
                patience,
                idle,
                Route.get("/quick").by(_ -> Answer.ok(JsonObject.EMPTY)),
                Route.get("/slow").by(_ -> {
                    await(release);
                    return Answer.ok(JsonObject.of("slow", true));
                }),
                Route.get("/large").by(_ -> Answer.ok(JsonObject.of("x", "y".repeat(64 << 20)))),
                Route.post("/body").takes(new Payload.AnyObject("anything")).by(_ -> Answer.ok(JsonObject.EMPTY)));
    }

    @Test
    void aConnectionThatSaysNothingEnds() throws IOException {
        try (TestService server = server(PATIENCE, LONG);
                RawConnection connection = RawConnection.to(server.url())) {
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void aRequestLineThatComesInDropsEnds() throws IOException {
        try (TestService server = server(PATIENCE, LONG);
                RawConnection connection = RawConnection.to(server.url())) {
            assertThat(isCutOff(connection, "G")).isTrue();
        }
    }

    @Test
    void headersThatComeInDropsEnd() throws IOException {
        try (TestService server = server(PATIENCE, LONG);
                RawConnection connection = RawConnection.to(server.url())) {
            connection.send("GET /quick HTTP/1.1\r\nHost: localhost\r\n");

            assertThat(isCutOff(connection, "X: y\r\n")).isTrue();
        }
    }

    @Test
    void aBodyThatComesInDropsEnds() throws IOException {
        try (TestService server = server(PATIENCE, LONG);
                RawConnection connection = RawConnection.to(server.url())) {
            connection.send("POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");

            assertThat(isCutOff(connection, " ")).isTrue();
        }
    }

    @Test
    void aConnectionWithoutANextRequestEnds() throws IOException {
        try (TestService server = server(LONG, PATIENCE);
                RawConnection connection = RawConnection.to(server.url())) {
            connection.send("GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void whoWaitsForAnAnswerIsNotHurried() throws Exception {
        try (TestService server = server(PATIENCE, PATIENCE);
                RawConnection waiting = RawConnection.to(server.url())) {
            waiting.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // By the time that two have been cut off that owe something, this one would have been as well.
            for (int i = 0; i < 2; i++) {
                try (RawConnection silent = RawConnection.to(server.url())) {
                    assertThat(silent.isEnded()).isTrue();
                }
            }
            release.countDown();

            assertThat(waiting.read().body()).isEqualTo("{\"slow\":true}");
        }
    }

    /** More than the buffers of two sockets hold is on its way to somebody who does not read. */
    @Test
    void anAnswerThatNobodyTakesEnds() throws Exception {
        try (TestService server = server(PATIENCE, LONG);
                RawConnection connection = RawConnection.to(server.url())) {
            connection.send("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
            connection.readHead();
            server.gate.shut();

            assertThat(server.gate.awaitEmpty(Duration.ofSeconds(50)))
                    .as("whether the server has let go of the request")
                    .isTrue();
        }
    }

    private static boolean isCutOff(RawConnection connection, String drop) throws IOException {
        for (int i = 0; i < 1000; i++) {
            try {
                connection.send(drop);
            } catch (SocketException e) {
                return true;
            }
            try {
                if (connection.patience(50).isEnded()) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException e) {
                // Not yet.
            }
        }
        return false;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(50, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let the slow operation go on");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
