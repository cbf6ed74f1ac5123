package dev.mortise.server.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Role;
import dev.mortise.server.RawConnection;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Route;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a server takes its leave. */
@Timeout(60)
class DrainTest {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    private final Route[] routes = {
        Route.get("/open").by(_ -> Answer.ok(JsonObject.of("open", true))),
        Route.get("/slow").needs(Role.VIEWER).by(_ -> {
            begun.countDown();
            await(release);
            return Answer.ok(JsonObject.of("slow", true));
        }),
        Route.get("/quick").needs(Role.VIEWER).by(_ -> Answer.ok(JsonObject.of("number", done.incrementAndGet())))
    };

    @Test
    void whatIsUnderWayFinishesWhileNewRequestsAreRefused() throws Exception {
        try (TestService server = TestService.with(routes);
                RawConnection under = RawConnection.to(server.url());
                RawConnection idle = RawConnection.to(server.url())) {
            idle.send(request("/open"));
            assertThat(idle.read().status()).isEqualTo(200);
            under.send(request("/slow"));
            begun.await();

            server.service().refuseRequests();

            RawConnection.Answer refused = idle.send(request("/quick")).read();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsEntry("connection", "close").containsKey("retry-after");
            assertThat(refused.body()).contains("\"code\":\"shutting_down\"");
            assertThat(idle.isEnded()).isTrue();
            try (RawConnection late = RawConnection.to(server.url())) {
                assertThat(late.send(request("/open")).read().status())
                        .as("an open operation, which tells that the server shuts down")
                        .isEqualTo(200);
            }
            release.countDown();
            RawConnection.Answer answer = under.read();
            assertThat(answer.body()).isEqualTo("{\"slow\":true}");
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(under.isEnded()).isTrue();
            assertThat(done).hasValue(0);
        }
    }

    @Test
    void whatDoesNotFinishInTimeIsCutOff() throws Exception {
        TestService server = TestService.with(routes);
        try (RawConnection under = RawConnection.to(server.url())) {
            under.send(request("/slow"));
            begun.await();
            server.service().refuseRequests();
            server.service().drain(Duration.ofMillis(50));
            server.close();

            assertThat(under.readToEnd()).doesNotContain("HTTP/1.1 200");
        }
    }

    /** Every request is either carried out and answered, or refused and not carried out; every connection ends. */
    @Test
    void noAcceptedRequestIsDroppedUnderLoad() throws Exception {
        TestService server = TestService.with(routes);
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(500);
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                clients.add(threads.submit(() -> load(server.url(), answered, busy)));
            }
            busy.await();
            server.service().refuseRequests();
            server.service().drain(Duration.ofSeconds(20));
            server.close();
            for (Future<?> client : clients) {
                client.get();
            }
        }

        assertThat(answered.get()).isGreaterThanOrEqualTo(500).isEqualTo(done.get());
    }

    /** Asks until the server is gone. It must not be a client that repeats a request by itself. */
    private static @Nullable Void load(URI server, AtomicInteger answered, CountDownLatch busy) throws IOException {
        while (true) {
            try (RawConnection connection = RawConnection.to(server)) {
                while (connection.send(request("/quick")).read().status() == 200) {
                    answered.incrementAndGet();
                    busy.countDown();
                }
            } catch (ConnectException e) {
                return null;
            } catch (SocketTimeoutException e) {
                throw new IllegalStateException("a connection was neither answered nor ended", e);
            } catch (IOException e) {
                // Not accepted: the connection ended before the request was read, which the count of those done shows.
            }
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer viewer\r\n\r\n";
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
