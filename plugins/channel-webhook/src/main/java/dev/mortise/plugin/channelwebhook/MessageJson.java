package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.plugin.jsontext.JsonReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Messages and receipts as JSON, on the way and in the state store. */
final class MessageJson {

    private MessageJson() {}

    static JsonObject of(IncomingMessage message) {
        return JsonObject.of("id", message.id())
                .with("conversation", message.conversation())
                .with("sender", message.sender())
                .with("text", message.text())
                .with("attributes", message.attributes())
                .with("at", message.at().toString());
    }

    static JsonObject of(OutgoingMessage message) {
        return JsonObject.of("id", message.id())
                .with("conversation", message.conversation())
                .with("text", message.text())
                .with("attributes", message.attributes());
    }

    static JsonObject of(Receipt receipt) {
        return JsonObject.of("id", receipt.messageId())
                .with("state", receipt.state().name())
                .with("detail", receipt.detail())
                .with("at", receipt.at().toString());
    }

    /** @throws IllegalStateException if it is not what {@link #of(IncomingMessage)} has written */
    static IncomingMessage incoming(String text) {
        JsonObject json = kept(text);
        return new IncomingMessage(
                word(json, "id"),
                word(json, "conversation"),
                word(json, "sender"),
                word(json, "text"),
                attributes(json),
                Instant.parse(word(json, "at")));
    }

    /** @throws IllegalStateException if it is not what {@link #of(OutgoingMessage)} has written */
    static OutgoingMessage outgoing(String text) {
        JsonObject json = kept(text);
        return new OutgoingMessage(word(json, "id"), word(json, "conversation"), word(json, "text"), attributes(json));
    }

    /** @throws IllegalStateException if it is not what {@link #of(Receipt)} has written */
    static Receipt receipt(String text) {
        JsonObject json = kept(text);
        return new Receipt(
                word(json, "id"),
                Receipt.State.valueOf(word(json, "state")),
                word(json, "detail"),
                Instant.parse(word(json, "at")));
    }

    static Optional<JsonObject> object(String text) {
        Optional<JsonValue> value = JsonReader.read(text);
        return value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    /** The members that are text. */
    static Map<String, String> attributes(JsonObject json) {
        Map<String, String> attributes = new LinkedHashMap<>();
        json.object("attributes").orElse(JsonObject.EMPTY).members().forEach((key, value) -> {
            if (value instanceof JsonString(String text)) {
                attributes.put(key, text);
            }
        });
        return attributes;
    }

    private static JsonObject kept(String text) {
        return object(text)
                .orElseThrow(() -> new IllegalStateException("the state store holds a message that is none"));
    }

    private static String word(JsonObject json, String key) {
        return json.text(key).orElse("");
    }
}
