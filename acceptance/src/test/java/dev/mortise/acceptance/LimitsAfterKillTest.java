package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client has been answered counts, however many asked at a time, whatever was reloaded meanwhile, and whenever the
 * host was killed.
 */
@Timeout(300)
class LimitsAfterKillTest {

    private static final int AT_A_TIME = 50;

    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServedProcess host;

    @BeforeEach
    void start() throws IOException {
        host = ServedProcess.start(data);
    }

    @AfterEach
    void stop() {
        host.close();
        threads.close();
        client.close();
    }

    @Test
    void aRateLimitIsNeverExceeded() throws Exception {
        host.command("install", "model-rate-limiter", "--yes");
        host.command("config", "set", "model-rate-limiter", "default_rpm=40", "window_seconds=3600");
        host.command("enable", "model-rate-limiter");

        assertThat(answeredOverAKill("model-rate-limiter")).isBetween(1, 40);
    }

    @Test
    void aBudgetIsNeverOverspent() throws Exception {
        host.command("install", "smart-budget-guard", "--yes");
        host.command("config", "set", "smart-budget-guard", "session_budget_usd=0.05");
        host.command("enable", "smart-budget-guard");
        int affordable = 0;
        for (int status = ask("alone"); !isRefused(status); status = ask("alone")) {
            affordable += status == 200 ? 1 : 0;
        }

        assertThat(answeredOverAKill("smart-budget-guard")).isBetween(1, affordable);
    }

    /** Asks until there is nothing left, with a kill and a reload in between. @return how often there was an answer */
    private int answeredOverAKill(String plugin) throws Exception {
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(5);
        List<? extends Future<?>> killed = burst(answered, some);
        some.await();
        host.kill();
        await(killed);

        host = ServedProcess.start(data);
        List<? extends Future<?>> reloaded = burst(answered, new CountDownLatch(0));
        host.command("reload", plugin);
        await(reloaded);

        for (int status = ask("many"); !isRefused(status); status = ask("many")) {
            answered.addAndGet(status == 200 ? 1 : 0);
        }
        return answered.get();
    }

    private List<? extends Future<?>> burst(AtomicInteger answered, CountDownLatch some) {
        return IntStream.range(0, AT_A_TIME)
                .mapToObj(number -> threads.submit(() -> {
                    try {
                        if (ask("many") == 200) {
                            answered.incrementAndGet();
                        }
                    } finally {
                        some.countDown();
                    }
                    return null;
                }))
                .toList();
    }

    private static void await(List<? extends Future<?>> asked) throws InterruptedException {
        for (Future<?> one : asked) {
            try {
                one.get();
            } catch (ExecutionException e) {
                // The host was killed under it: not answered.
                assertThat(e).hasCauseInstanceOf(IOException.class);
            }
        }
    }

    private static boolean isRefused(int status) {
        return status == 429 || status == 402;
    }

    private int ask(String session) throws IOException, InterruptedException {
        JsonObject body = JsonObject.of("model", "gpt-4")
                .with("max_tokens", 20)
                .with(
                        "messages",
                        List.of(JsonObject.of("role", "user").with("content", "Say something nice. ".repeat(20))));
        HttpRequest request = HttpRequest.newBuilder(host.url().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + host.token())
                .header("Content-Type", "application/json")
                .header("X-Session-Id", session)
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
