package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.webhook.HookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** What somebody posts who knows the secret. */
final class Sender {

    static final String SECRET = "a secret of more than 16 bytes";

    private static final HookSignature SIGNATURE = HookSignature.with(SECRET);

    private Sender() {}

    static JsonObject message(String conversation, String text) {
        return JsonObject.of("conversation", conversation).with("sender", "ada").with("text", text);
    }

    static WebhookRequest signedNow(String conversation, String text) {
        return signed(
                UUID.randomUUID().toString(),
                Instant.now(),
                message(conversation, text).toString());
    }

    static WebhookRequest signed(String id, Instant at, String body) {
        return signed(SIGNATURE, id, at, body);
    }

    static WebhookRequest signed(HookSignature signature, String id, Instant at, String body) {
        return WebhookRequest.post("/", body)
                .withHeader(HookSignature.ID, id)
                .withHeader(HookSignature.TIMESTAMP, Long.toString(at.getEpochSecond()))
                .withHeader(HookSignature.SIGNATURE, signature.sign(id, at, body.getBytes(StandardCharsets.UTF_8)));
    }
}
