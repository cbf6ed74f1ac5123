package dev.mortise.plugin.webhook;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts hooks, and posts one again where nobody took it, after pauses that double. All attempts have the same id, by which
 * the other side can tell that it has it already. Redirects are not followed. Safe for use by several threads.
 */
public final class HookClient implements AutoCloseable {

    private static final int MOST_WORDS = 2_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Clock clock;

    private HookClient(HttpClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * A client of its own.
     *
     * @param executor stays the caller's
     * @param clock for the time in signatures
     */
    public static HookClient open(Executor executor, Clock clock) {
        return new HookClient(
                HttpClient.newBuilder()
                        .executor(executor)
                        // An upgrade of a plain connection confuses simple servers.
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                clock);
    }

    /**
     * Posts until somebody has taken or refused it, or the time is up.
     *
     * @param id the same for the same message
     * @param json in UTF-8
     */
    public Delivery post(HookTarget target, String id, byte[] json) {
        long end = System.nanoTime() + target.deadline().toNanos();
        Duration pause = FIRST_PAUSE;
        for (int left = target.retries(); ; left--) {
            Attempt attempt = attempt(target, id, json, Duration.ofNanos(end - System.nanoTime()));
            if (attempt instanceof Attempt.Final(Delivery delivery)) {
                return delivery;
            }
            Attempt.NotNow notNow = (Attempt.NotNow) attempt;
            Duration wait = notNow.retryAfter().orElse(scattered(pause));
            if (left <= 0 || wait.toNanos() >= end - System.nanoTime() || !sleep(wait)) {
                return new Delivery.Away(notNow.reason());
            }
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private sealed interface Attempt {

        record Final(Delivery delivery) implements Attempt {}

        record NotNow(String reason, Optional<Duration> retryAfter) implements Attempt {}
    }

    private Attempt attempt(HookTarget target, String id, byte[] json, Duration left) {
        Duration limit = shorter(target.attempt(), left);
        CompletableFuture<HttpResponse<byte[]>> answering =
                client.sendAsync(request(target, id, json), _ -> new FirstBytes(MOST_WORDS));
        try {
            return judge(target, answering.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answering.cancel(true);
            return notNow(target, "did not answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            answering.cancel(true);
            Thread.currentThread().interrupt();
            return new Attempt.Final(new Delivery.Away("nobody waits for it any more"));
        } catch (ExecutionException e) {
            return notNow(target, trouble(e.getCause()));
        }
    }

    private HttpRequest request(HookTarget target, String id, byte[] json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url())
                .POST(BodyPublishers.ofByteArray(json))
                .header("Content-Type", "application/json")
                .header(HookSignature.ID, id);
        target.headers().forEach(request::setHeader);
        target.signature().ifPresent(signature -> {
            Instant now = clock.instant();
            request.header(HookSignature.TIMESTAMP, Long.toString(now.getEpochSecond()));
            request.header(HookSignature.SIGNATURE, signature.sign(id, now, json));
        });
        return request.build();
    }

    private static Attempt judge(HookTarget target, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Attempt.Final(new Delivery.Taken(status));
        }
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 ->
                new Attempt.NotNow(target + " answered with status " + status, retryAfter(response));
            default -> new Attempt.Final(new Delivery.Refused(status, words(response.body())));
        };
    }

    /** In seconds; dates are not understood. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static String words(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        StringBuilder words = new StringBuilder();
        text.codePoints()
                .limit(200)
                .forEach(c -> words.appendCodePoint(Character.isISOControl(c) || c == 0xfffd ? ' ' : c));
        return words.toString().strip();
    }

    private static Attempt.NotNow notNow(HookTarget target, String trouble) {
        return new Attempt.NotNow(target + " " + trouble, Optional.empty());
    }

    private static String trouble(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _, ConnectException _ -> "cannot be reached";
            case SSLException e -> "cannot be reached safely: " + e.getMessage();
            case null, default -> "broke the connection";
        };
    }

    /** So that many who were refused at once do not come back at once. */
    private static Duration scattered(Duration pause) {
        long nanos = pause.toNanos();
        return Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2));
    }

    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
