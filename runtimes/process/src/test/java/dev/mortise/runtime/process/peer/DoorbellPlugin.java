package dev.mortise.runtime.process.peer;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.runtime.process.sdk.MortisePlugin;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A plugin for Mortise that receives webhooks: it counts those that were signed. */
public final class DoorbellPlugin {

    private DoorbellPlugin() {}

    public static void main(String[] arguments) {
        MortisePlugin plugin = MortisePlugin.create();
        plugin.webhook((request, info) -> {
                    if (!isSigned(request, plugin.host().config().text("secret").orElse(""))) {
                        return error(401, "the signature is missing or wrong");
                    }
                    return switch (request.method() + " " + request.path()) {
                        case "POST /rings" ->
                            WebhookReply.json(
                                    202,
                                    JsonObject.of("rings", plugin.host().state().increment("rings", 1))
                                            .with("query", request.query()));
                        case "POST /broken" -> throw new IllegalStateException("the bell is broken");
                        default -> error(404, "there is no " + request.path() + " here");
                    };
                })
                .onConfigure((config, first) -> {
                    if (config.text("secret").isEmpty()) {
                        throw new IllegalArgumentException("a 'secret' is needed");
                    }
                    return true;
                })
                .serve();
    }

    private static boolean isSigned(WebhookRequest request, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] expected = HexFormat.of().formatHex(mac.doFinal(request.body())).getBytes(StandardCharsets.US_ASCII);
        byte[] sent = request.header("X-Signature").orElse("").getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(expected, sent);
    }

    private static WebhookReply error(int status, String error) {
        return WebhookReply.json(status, JsonObject.of("error", error));
    }
}
