package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.channelwebhook.Inbox.Said;
import dev.mortise.plugin.webhook.HookSignature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Takes messages that are posted, and puts them into the inbox. Safe for use by several threads. */
final class HookReceiver {

    private final Inbox inbox;
    private final Optional<SenderCheck> check;
    private final BooleanSupplier open;
    private final int most;
    private final Clock clock;

    /**
     * A receiver at the plugin's prefix itself.
     *
     * @param check none where nobody has said by what senders prove who they are
     * @param open whether messages are taken at the time
     * @param most bytes of a message
     */
    HookReceiver(Inbox inbox, Optional<SenderCheck> check, BooleanSupplier open, int most, Clock clock) {
        this.inbox = inbox;
        this.check = check;
        this.open = open;
        this.most = most;
        this.clock = clock;
    }

    WebhookReply receive(WebhookRequest request) {
        if (!request.path().equals("/")) {
            return refused(404, "there is nothing here");
        }
        if (!request.method().equals("POST")) {
            return refused(405, "messages are posted").withHeader("Allow", "POST");
        }
        byte[] body = request.body();
        if (body.length > most) {
            return refused(413, "a message has at most " + most + " bytes");
        }
        if (check.isEmpty()) {
            return later("the channel is closed");
        }
        if (!check.get().passes(request.headers(), body, clock.instant())) {
            return refused(401, "whoever sends must prove to know the secret");
        }
        // Not before: it is nobody else's business.
        if (!open.getAsBoolean()) {
            return later("the channel is closed");
        }
        Optional<String> id = request.header(HookSignature.ID);
        if (id.isPresent() && !id.get().matches("[!-~]{1,200}")) {
            return refused(400, HookSignature.ID + " must have 1 to 200 printable characters");
        }
        Optional<Said> said = said(body);
        if (said.isEmpty()) {
            return refused(400, "a message is a JSON object with conversation, sender and text");
        }
        return inbox.accept(id, said.get())
                ? WebhookReply.json(202, JsonObject.of("status", "taken"))
                : later("too many messages wait");
    }

    private static WebhookReply refused(int status, String words) {
        return WebhookReply.json(status, JsonObject.of("error", words));
    }

    private static WebhookReply later(String words) {
        return refused(503, words + "; come again").withHeader("Retry-After", "5");
    }

    private static Optional<Said> said(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return MessageJson.object(text)
                    .filter(json -> json.text("text").isPresent()
                            && !json.text("conversation").orElse("").isEmpty())
                    .map(json -> new Said(
                            json.text("conversation").orElse(""),
                            json.text("sender").orElse(""),
                            json.text("text").orElse(""),
                            MessageJson.attributes(json)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
