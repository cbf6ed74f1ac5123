package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import java.util.Optional;

/** What a language model is asked for. */
public enum Operation {
    CHAT,
    COMPLETION,
    EMBEDDING;

    private static final int LONGEST_USER = 512;

    /** What is wrong with a body, as far as a gateway needs to know; the rest is the model's affair. */
    Optional<GatewayError> mistake(JsonObject body) {
        if (!isAbsentOr(body, "model", JsonString.class)) {
            return Optional.of(GatewayError.invalid("model", "model must be text"));
        }
        if (!isAbsentOr(body, "stream", JsonBoolean.class)) {
            return Optional.of(GatewayError.invalid("stream", "stream must be true or false"));
        }
        if (!isAbsentOr(body, "user", JsonString.class)
                || body.text("user").orElse("").length() > LONGEST_USER) {
            return Optional.of(
                    GatewayError.invalid("user", "user must be text of at most " + LONGEST_USER + " characters"));
        }
        return switch (this) {
            case CHAT ->
                hasMessages(body)
                        ? Optional.empty()
                        : Optional.of(GatewayError.invalid(
                                "messages", "messages must be an array of at least one object with a role"));
            case COMPLETION -> required(body, "prompt");
            case EMBEDDING -> required(body, "input");
        };
    }

    private static boolean isAbsentOr(JsonObject body, String key, Class<? extends JsonValue> type) {
        return body.get(key)
                .map(value -> value == JsonNull.NULL || type.isInstance(value))
                .orElse(true);
    }

    private static Optional<GatewayError> required(JsonObject body, String key) {
        boolean given = body.get(key)
                .map(value -> value instanceof JsonString || value instanceof JsonArray array && array.size() > 0)
                .orElse(false);
        return given
                ? Optional.empty()
                : Optional.of(GatewayError.invalid(key, key + " must be text, or an array that is not empty"));
    }

    private static boolean hasMessages(JsonObject body) {
        JsonArray messages = body.array("messages").orElse(JsonArray.EMPTY);
        return messages.size() > 0
                && messages.values().stream()
                        .allMatch(message -> message instanceof JsonObject object
                                && object.text("role").isPresent());
    }

    boolean canStream() {
        return this != EMBEDDING;
    }

    JsonObject call(LlmProvider provider, JsonObject body, LlmCall call) {
        return switch (this) {
            case CHAT -> provider.chat(body, call);
            case COMPLETION -> provider.completions(body, call);
            case EMBEDDING -> provider.embeddings(body, call);
        };
    }

    void stream(LlmProvider provider, JsonObject body, LlmCall call, ChunkSink sink) {
        switch (this) {
            case CHAT -> provider.chatStream(body, call, sink);
            case COMPLETION -> provider.completionsStream(body, call, sink);
            case EMBEDDING -> throw new IllegalStateException("embeddings do not stream");
        }
    }
}
