package dev.mortise.plugin.llmupstream;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
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
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Speaks with the server. Safe for use by several threads. */
public final class UpstreamServer implements AutoCloseable {

    /** Of an answer that comes in one piece, and of an error, in bytes. */
    private static final int MOST = 32 << 20;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Upstream upstream;
    private final UnaryOperator<JsonObject> errors;
    private final HttpClient client;

    private UpstreamServer(Upstream upstream, UnaryOperator<JsonObject> errors, HttpClient client) {
        this.upstream = upstream;
        this.errors = errors;
        this.client = client;
    }

    /**
     * Gets ready to ask.
     *
     * @param errors makes the body of an error as the OpenAI API has it out of what the server said
     * @param executor stays the caller's
     */
    public static UpstreamServer open(Upstream upstream, UnaryOperator<JsonObject> errors, Executor executor) {
        return new UpstreamServer(
                upstream,
                errors,
                HttpClient.newBuilder()
                        .connectTimeout(upstream.patience().connect())
                        .executor(executor)
                        // An upgrade of a plain connection confuses simple servers.
                        .version(
                                "https".equals(upstream.base().getScheme())
                                        ? HttpClient.Version.HTTP_2
                                        : HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build());
    }

    /** Asks for an object. */
    public JsonObject get(String path, LlmCall call) {
        return whole(request(path).GET().build(), call);
    }

    /** Posts an object, and returns the one that is the answer. */
    public JsonObject post(String path, JsonObject body, LlmCall call) {
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

    /** Passes on the answer piece by piece, up to its end or the last that the reader wants. */
    public void stream(String path, JsonObject body, LlmCall call, AnswerReader reader) {
        try (PiecewiseBody answer = send(posting(path, body, call), call)) {
            for (byte[] piece = answer.next(); piece.length > 0; piece = answer.next()) {
                if (reader.read(piece)) {
                    return;
                }
            }
            reader.end();
        } catch (IOException e) {
            throw failed(e, call);
        }
    }

    private HttpRequest posting(String path, JsonObject body, LlmCall call) {
        BodyPublisher text = BodyPublishers.ofByteArray(call.text(body));
        return request(path)
                .header("Content-Type", "application/json")
                .POST(text)
                .build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(upstream.base().resolve(path));
        upstream.headers().forEach(request::header);
        return request;
    }

    /** Returns once an answer has begun that is no error. */
    private PiecewiseBody send(HttpRequest request, LlmCall call) {
        for (int left = upstream.patience().retries(); ; left--) {
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
        Duration limit = shorter(upstream.patience().firstByte(), call.remaining());
        CompletableFuture<HttpResponse<PiecewiseBody>> answering = client.sendAsync(
                request, _ -> new PiecewiseBody(shorter(upstream.patience().idle(), call.remaining())));
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

    private Refused refused(HttpResponse<PiecewiseBody> response) {
        int status = response.statusCode();
        boolean mayPass = status == 502 || status == 503 || status == 504;
        try (PiecewiseBody body = response.body()) {
            if (status < 400) {
                return new Refused(
                        new ServiceException(Kind.FAILED, "the model's server answered with status " + status), false);
            }
            JsonObject json = ServerJson.object(body.all(MOST)).orElse(JsonObject.EMPTY);
            return new Refused(new UpstreamError(status, errors.apply(json), retryAfter(response)), mayPass);
        } catch (IOException e) {
            return new Refused(
                    new UpstreamError(status, errors.apply(JsonObject.EMPTY), retryAfter(response)), mayPass);
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
