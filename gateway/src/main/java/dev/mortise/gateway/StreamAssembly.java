package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts a streamed answer together as it would have come in one piece. It keeps no more than its limit; of what comes
 * after that it only notes how the answer ends and what it has cost.
 */
final class StreamAssembly {

    private final Operation operation;
    private final int limit;
    private final Map<String, JsonValue> head = new LinkedHashMap<>();
    private final SortedMap<Long, Choice> choices = new TreeMap<>();
    private long length;
    private boolean truncated;

    /** @param limit in characters of the chunks' JSON text */
    StreamAssembly(Operation operation, int limit) {
        this.operation = operation;
        this.limit = limit;
    }

    /** @param characters of the chunk as JSON text */
    void add(JsonObject chunk, int characters) {
        length += characters;
        truncated |= length > limit;
        chunk.members().forEach((key, value) -> {
            if (!key.equals("choices") && value != JsonNull.NULL && (!truncated || key.equals("usage"))) {
                head.put(key, value);
            }
        });
        for (JsonValue value : chunk.array("choices").orElse(JsonArray.EMPTY).values()) {
            if (value instanceof JsonObject choice) {
                long index = choice.integer("index").orElse(0);
                if (!truncated || choices.containsKey(index)) {
                    choices.computeIfAbsent(index, _ -> new Choice()).add(choice, truncated);
                }
            }
        }
    }

    /** Whether more has come than is kept. */
    boolean isTruncated() {
        return truncated;
    }

    /** The answer, as far as it has come and is kept. */
    JsonObject toResponse() {
        Map<String, JsonValue> members = new LinkedHashMap<>(head);
        JsonValue usage = members.remove("usage");
        members.put("object", new JsonString(operation == Operation.CHAT ? "chat.completion" : "text_completion"));
        List<JsonValue> all = new ArrayList<>();
        choices.forEach((index, choice) -> all.add(choice.toJson(index, operation)));
        members.put("choices", new JsonArray(all));
        if (usage != null) {
            members.put("usage", usage);
        }
        return new JsonObject(members);
    }

    private static final class Choice {

        private final MergedDelta message = new MergedDelta();
        private final MergedDelta logprobs = new MergedDelta();
        private final StringBuilder text = new StringBuilder();
        private boolean hasLogprobs;
        private JsonValue finishReason = JsonNull.NULL;

        void add(JsonObject choice, boolean endOnly) {
            choice.get("finish_reason")
                    .filter(reason -> reason != JsonNull.NULL)
                    .ifPresent(reason -> {
                        finishReason = reason;
                    });
            if (endOnly) {
                return;
            }
            choice.object("delta").ifPresent(message::add);
            choice.text("text").ifPresent(text::append);
            choice.object("logprobs").ifPresent(piece -> {
                hasLogprobs = true;
                logprobs.add(piece);
            });
        }

        JsonObject toJson(long index, Operation operation) {
            JsonObject json = JsonObject.of("index", index);
            json = operation == Operation.CHAT
                    ? json.with("message", withContent(message.toJson()))
                    : json.with("text", text);
            return json.with("logprobs", hasLogprobs ? logprobs.toJson() : JsonNull.NULL)
                    .with("finish_reason", finishReason);
        }

        /** A message has a content, if only null. */
        private static JsonObject withContent(JsonObject message) {
            return message.has("content") ? message : message.with("content", JsonNull.NULL);
        }
    }
}
