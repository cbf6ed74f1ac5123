package dev.mortise.plugin.llmopenai;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.UpstreamError;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Speaks with the server. Safe for use by several threads. */
final class UpstreamServer implements AutoCloseable {

    /** Of an answer that comes in one piece, and of an error, in bytes. */
    private static final int MOST = 32 << 20;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final UpstreamConfig config;
    private final HttpClient client;

    private UpstreamServer(UpstreamConfig config, HttpClient client) {
        this.config = config;
        this.client = client;
    }

    static UpstreamServer open(UpstreamConfig config, Executor executor) {
        return new UpstreamServer(
                config,
                HttpClient.newBuilder()
                        .connectTimeout(config.connectTimeout())
                        .executor(executor)
                        // An upgrade of a plain connection confuses simple servers.
                        .version(
                                "https".equals(config.base().getScheme())
                                        ? HttpClient.Version.HTTP_2
                                        : HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build());
    }

    JsonObject get(String path, LlmCall call) {
        return whole(request(path).GET().build(), call);
    }

    JsonObject post(String path, JsonObject body, LlmCall call) {
        return whole(posting(path, body, call), call);
    }

    private JsonObject whole(HttpRequest request, LlmCall call) {
        try (PiecewiseBody answer = send(request, call)) {
            return ServerJson.object(answer.all(MOST))
                    .orElseThrow(() -> new ServiceException(Kind.FAILED, "the model's server answered with no JSON"));
        } catch (IOException e) {
            throw failed(e, call);
        }
    }

    /** Passes on each chunk as it comes, up to the server's {@code [DONE]}; some leave that out after the last chunk. */
    void stream(String path, JsonObject body, LlmCall call, ChunkSink sink) {
        try (PiecewiseBody answer = send(posting(path, body, call), call)) {
            EventData events = new EventData();
            boolean complete = false;
            for (byte[] piece = answer.next(); piece.length > 0; piece = answer.next()) {
                for (byte[] data : events.add(piece)) {
                    if (isDone(data)) {
                        return;
                    }
                    JsonObject chunk = chunk(data);
                    complete |= isLast(chunk);
                    sink.accept(chunk);
                }
            }
            if (!complete) {
                throw new ServiceException(Kind.FAILED, "the model's server ended its stream in the middle");
            }
        } catch (IOException e) {
            throw failed(e, call);
        }
    }

    private static boolean isDone(byte[] data) {
        return data.length < 16
                && new String(data, StandardCharsets.UTF_8).strip().equals("[DONE]");
    }

    private static boolean isLast(JsonObject chunk) {
        return chunk.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .anyMatch(choice -> choice instanceof JsonObject object
                        && object.text("finish_reason").isPresent());
    }

    /** A server that fails in the middle of a stream says so in a chunk's place. */
    private static JsonObject chunk(byte[] data) {
        JsonObject chunk = ServerJson.object(data)
                .orElseThrow(
                        () -> new ServiceException(Kind.FAILED, "the model's server sent a chunk that is no JSON"));
        if (chunk.object("error").isPresent()) {
            throw new UpstreamError(502, chunk, Optional.empty());
        }
        return chunk;
    }

    private HttpRequest posting(String path, JsonObject body, LlmCall call) {
        BodyPublisher text = BodyPublishers.ofByteArray(call.text(body));
        return request(path)
                .header("Content-Type", "application/json")
                .POST(text)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(config.base().resolve(path));
        config.headers().forEach(request::header);
        return request;
    }

    /** Returns once an answer has begun that is no error. */
    private PiecewiseBody send(HttpRequest request, LlmCall call) {
        for (int left = config.retries(); ; left--) {
            Attempt attempt = attempt(request, call);
            if (attempt instanceof Begun(PiecewiseBody body)) {
                return body;
            }
            if (attempt instanceof Refused(ServiceException reason, boolean mayPass)
                    && (left <= 0 || !mayPass || !pause(call))) {
                throw reason;
            }
        }
    }

    private sealed interface Attempt {}

    private record Begun(PiecewiseBody body) implements Attempt {}

    /** @param mayPass whether it is worth trying again */
    private record Refused(ServiceException reason, boolean mayPass) implements Attempt {}

    private Attempt attempt(HttpRequest request, LlmCall call) {
        Duration limit = shorter(config.firstByteTimeout(), call.remaining());
        CompletableFuture<HttpResponse<PiecewiseBody>> answering =
                client.sendAsync(request, _ -> new PiecewiseBody(shorter(config.idleTimeout(), call.remaining())));
        call.onCancel(() -> answering.cancel(true));
        try {
            HttpResponse<PiecewiseBody> response = answering.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            call.onCancel(response.body()::close);
            return response.statusCode() < 300 ? new Begun(response.body()) : refused(response);
        } catch (TimeoutException e) {
            answering.cancel(true);
            return new Refused(
                    new ServiceException(
                            Kind.DEADLINE_EXCEEDED,
                            "the model's server did not begin to answer within " + limit.toMillis() + " ms"),
                    false);
        } catch (ExecutionException e) {
            return new Refused(failed(e.getCause(), call), !call.isCancelled());
        } catch (CancellationException e) {
            return new Refused(cancelled(), false);
        } catch (InterruptedException e) {
            answering.cancel(true);
            Thread.currentThread().interrupt();
            return new Refused(cancelled(), false);
        }
    }

    private static Refused refused(HttpResponse<PiecewiseBody> response) {
        int status = response.statusCode();
        boolean mayPass = status == 502 || status == 503 || status == 504;
        try (PiecewiseBody body = response.body()) {
            if (status < 400) {
                return new Refused(
                        new ServiceException(Kind.FAILED, "the model's server answered with status " + status), false);
            }
            JsonObject json = ServerJson.object(body.all(MOST)).orElse(JsonObject.EMPTY);
            return new Refused(new UpstreamError(status, json, retryAfter(response)), mayPass);
        } catch (IOException e) {
            return new Refused(new UpstreamError(status, JsonObject.EMPTY, retryAfter(response)), mayPass);
        }
    }

    /** In seconds; dates are not understood. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    /** Returns whether it is still worth going on. */
    private static boolean pause(LlmCall call) {
        try {
            Thread.sleep(shorter(PAUSE, call.remaining()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return !call.isCancelled() && call.remaining().isPositive();
    }

    private static ServiceException failed(@Nullable Throwable failure, LlmCall call) {
        if (call.isCancelled()) {
            return cancelled();
        }
        return switch (failure) {
            case IdleException idle -> new ServiceException(Kind.DEADLINE_EXCEEDED, String.valueOf(idle.getMessage()));
            case AnswerTooLargeException large -> new ServiceException(Kind.FAILED, String.valueOf(large.getMessage()));
            case HttpConnectTimeoutException _, ConnectException _ ->
                new ServiceException(Kind.UNAVAILABLE, "the model's server cannot be reached");
            case null, default -> new ServiceException(Kind.FAILED, "the connection with the model's server broke");
        };
    }

    private static ServiceException cancelled() {
        return new ServiceException(Kind.CANCELLED, "nobody waits for the answer any more");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
