package dev.mortise.testkit.doorbell;

import dev.mortise.api.CallInfo;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Webhook;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Counts how often it was rung by somebody who has the secret. */
@SuppressWarnings("NullAway.Init")
public final class Doorbell implements Webhook {

    private PluginContext context;
    private Settings settings;

    @Override
    public void onLoad(PluginContext given) {
        context = given;
        settings = given.config().as(Settings.class);
    }

    @Override
    public WebhookReply receive(WebhookRequest request, CallInfo call) throws GeneralSecurityException {
        if (!isSigned(request)) {
            return WebhookReply.text(401, "the signature is missing or wrong");
        }
        return switch (request.path()) {
            case "/rings" ->
                WebhookReply.json(202, JsonObject.of("rings", context.state().increment("rings", 1)));
            case "/broken" -> throw new IllegalStateException("the bell is broken");
            case "/header" -> WebhookReply.of(200).withHeader("X-Note", request.text());
            default -> WebhookReply.of(404);
        };
    }

    private boolean isSigned(WebhookRequest request) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = HexFormat.of().formatHex(mac.doFinal(request.body())).getBytes(StandardCharsets.US_ASCII);
        byte[] sent = request.header("X-Signature").orElse("").getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(expected, sent);
    }

    record Settings(String secret) {}
}
