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

/** Cuts an answer that is there as a whole into the chunks of a stream. */
final class ReplyChunks {

    private ReplyChunks() {}

    /** @param withUsage whether the client has asked for it */
    static List<String> of(Operation operation, JsonObject response, boolean withUsage) {
        List<JsonObject> contents = new ArrayList<>();
        List<JsonObject> ends = new ArrayList<>();
        for (JsonValue value : response.array("choices").orElse(JsonArray.EMPTY).values()) {
            if (value instanceof JsonObject choice) {
                JsonValue index = choice.get("index").orElse(JsonValue.of(0));
                JsonValue reason = choice.get("finish_reason").orElse(new JsonString("stop"));
                JsonValue logprobs = choice.get("logprobs").orElse(JsonNull.NULL);
                contents.add(choice(operation, index, content(operation, choice), logprobs, JsonNull.NULL));
                ends.add(choice(operation, index, end(operation), JsonNull.NULL, reason));
            }
        }
        List<String> chunks = new ArrayList<>();
        contents.forEach(
                choice -> chunks.add(chunk(operation, response, List.of(choice)).toString()));
        ends.forEach(
                choice -> chunks.add(chunk(operation, response, List.of(choice)).toString()));
        if (withUsage && response.object("usage").isPresent()) {
            chunks.add(chunk(operation, response, List.of())
                    .with("usage", response.object("usage").get())
                    .toString());
        }
        return chunks;
    }

    private static JsonValue content(Operation operation, JsonObject choice) {
        return operation == Operation.CHAT
                ? delta(choice.object("message").orElse(JsonObject.EMPTY))
                : new JsonString(choice.text("text").orElse(""));
    }

    private static JsonValue end(Operation operation) {
        return operation == Operation.CHAT ? JsonObject.EMPTY : new JsonString("");
    }

    private static JsonObject choice(
            Operation operation, JsonValue index, JsonValue content, JsonValue logprobs, JsonValue reason) {
        return JsonObject.of("index", index)
                .with(operation == Operation.CHAT ? "delta" : "text", content)
                .with("logprobs", logprobs)
                .with("finish_reason", reason);
    }

    /** In a stream, calls of tools say which they are by number. */
    private static JsonObject delta(JsonObject message) {
        JsonArray calls = message.array("tool_calls").orElse(JsonArray.EMPTY);
        List<JsonValue> numbered = new ArrayList<>();
        for (JsonValue call : calls.values()) {
            numbered.add(call instanceof JsonObject object ? object.with("index", numbered.size()) : call);
        }
        return numbered.isEmpty() ? message : message.with("tool_calls", numbered);
    }

    private static JsonObject chunk(Operation operation, JsonObject response, List<JsonObject> choices) {
        Map<String, JsonValue> members = new LinkedHashMap<>(response.members());
        members.remove("usage");
        members.put(
                "object", new JsonString(operation == Operation.CHAT ? "chat.completion.chunk" : "text_completion"));
        members.put("choices", JsonValue.of(choices));
        return new JsonObject(members);
    }
}
