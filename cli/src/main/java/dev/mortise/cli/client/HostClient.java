package dev.mortise.cli.client;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.cli.CommandFailure;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Speaks to a host's HTTP API. Every refusal, and every failure to reach the host, is a {@link CommandFailure}. */
public final class HostClient implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final HostAddress address;
    private final HttpClient http;

    public HostClient(HostAddress address) {
        this.address = address;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .sslContext(HostTrust.context(address))
                .build();
    }

    public HostAddress address() {
        return address;
    }

    /** Text as one segment of a path, or as a value in a query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonObject get(String path) {
        return object(send(request(path).GET().build()));
    }

    public JsonObject post(String path, JsonObject body) {
        return object(send(request(path)
                .POST(json(body))
                .header("Content-Type", "application/json")
                .build()));
    }

    public JsonObject put(String path, JsonObject body) {
        return object(send(request(path)
                .PUT(json(body))
                .header("Content-Type", "application/json")
                .build()));
    }

    public JsonObject delete(String path) {
        return object(send(request(path).DELETE().build()));
    }

    /** Sends a file as the body. */
    public JsonObject upload(String path, String mediaType, Path file) {
        try {
            BodyPublisher body = BodyPublishers.ofFile(file);
            return object(send(
                    request(path).POST(body).header("Content-Type", mediaType).build()));
        } catch (IOException e) {
            throw CommandFailure.of("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Calls a function. The answer's body is the bare result, of whatever JSON type. */
    public HostAnswer call(String function, JsonObject params, Map<String, String> headers) {
        HttpRequest.Builder request = request("/api/v1/functions/" + encode(function))
                .POST(json(params))
                .header("Content-Type", "application/json");
        headers.forEach(request::header);
        return send(request.build());
    }

    /** Opens a stream of server-sent events, to be closed by the caller. */
    public ServerSentEvents events(String query) {
        HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/events" + query))
                .headers(headers("text/event-stream"))
                .GET()
                .build();
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw Refusal.of(
                        response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8), address);
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return new ServerSentEvents(response.body());
    }

    private HostAnswer send(HttpRequest request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() / 100 != 2) {
            throw Refusal.of(response.statusCode(), response.body(), address);
        }
        return new HostAnswer(parse(response.body()), response.headers());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("interrupted while waiting for " + address.url());
        }
    }

    private JsonValue parse(String body) {
        if (body.isBlank()) {
            return JsonObject.EMPTY;
        }
        if (JsonCodec.STANDARD.parse(body) instanceof Result.Ok<JsonValue>(JsonValue value)) {
            return value;
        }
        throw CommandFailure.of(address.url() + " answered with something that is not JSON; is it a Mortise host?");
    }

    private JsonObject object(HostAnswer answer) {
        if (answer.body() instanceof JsonObject object) {
            return object;
        }
        throw CommandFailure.of(address.url() + " answered with something else than a JSON object;"
                + " is it a Mortise host of this version?");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).headers(headers("application/json"));
    }

    private URI uri(String path) {
        return URI.create(address.url() + path);
    }

    private String[] headers(String accept) {
        return address.token()
                .map(secret -> new String[] {"Accept", accept, "Authorization", "Bearer " + secret})
                .orElseGet(() -> new String[] {"Accept", accept});
    }

    private static BodyPublisher json(JsonObject body) {
        return BodyPublishers.ofString(body.toString());
    }

    private CommandFailure unreachable(IOException failure) {
        URI url = address.url();
        if (failure instanceof SSLException) {
            return CommandFailure.of("no trusted connection to " + url + ": " + failure.getMessage()
                    + "; MORTISE_CERTIFICATE can name the PEM file of the host's certificate");
        }
        if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
            return address.local()
                    .map(HostClient::silent)
                    .orElseGet(() -> CommandFailure.of("no host answers at " + url + ", which MORTISE_URL names"));
        }
        return CommandFailure.of("the connection to " + url + " broke: " + described(failure)
                + "; see whether the host still runs with: mortise status");
    }

    private static CommandFailure silent(DataDirectory data) {
        return data.runningHost()
                .filter(RunningHost::processExists)
                .map(host -> CommandFailure.of("the host of " + data.path() + " (process " + host.pid()
                        + ") does not answer at " + host.url() + "; it may be stopping"))
                .orElseGet(() -> HostAddress.notRunning(data));
    }

    private static String described(IOException failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
