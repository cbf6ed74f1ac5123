package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.webhook.HookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Somebody who posts messages, and signs them. */
final class Sender implements AutoCloseable {

    static final String SECRET = "a secret of more than 16 bytes";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HookSignature signature = HookSignature.with(SECRET);

    static JsonObject message(String conversation, String text) {
        return JsonObject.of("conversation", conversation).with("sender", "ada").with("text", text);
    }

    /** @return the status */
    int say(int port, String conversation, String text) throws IOException, InterruptedException {
        return post(
                port,
                UUID.randomUUID().toString(),
                Instant.now(),
                message(conversation, text).toString());
    }

    int post(int port, String id, Instant at, String body) throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(HttpRequest.newBuilder(at(port))
                .header(HookSignature.ID, id)
                .header(HookSignature.TIMESTAMP, Long.toString(at.getEpochSecond()))
                .header(HookSignature.SIGNATURE, signature.sign(id, at, bytes))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofByteArray(bytes))
                .build());
    }

    static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port + "/hooks");
    }

    int send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
