package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.WebhookHeaders;
import dev.mortise.plugin.webhook.HookSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/** Whether a message is from somebody who may send one. */
@FunctionalInterface
interface SenderCheck {

    boolean passes(WebhookHeaders headers, byte[] body, Instant now);

    /** By signatures of Standard Webhooks. */
    static SenderCheck signature(HookSignature signature) {
        return (headers, body, now) -> signature.isRight(
                first(headers, HookSignature.ID),
                first(headers, HookSignature.TIMESTAMP),
                first(headers, HookSignature.SIGNATURE),
                body,
                now);
    }

    /** By {@code Authorization: Bearer} and the secret. */
    static SenderCheck bearer(String secret) {
        byte[] right = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
        return (headers, _, _) ->
                MessageDigest.isEqual(right, first(headers, "Authorization").getBytes(StandardCharsets.UTF_8));
    }

    private static String first(WebhookHeaders headers, String name) {
        return headers.first(name).orElse("");
    }
}
