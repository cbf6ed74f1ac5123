package dev.mortise.plugin.piimasker;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Changes what the model's server reads in a request: the texts of messages of any role, arguments of tool calls, a plain
 * prompt or input and what is to follow it, a predicted answer, and the names and notes that tell end users apart. What is
 * no text, such as an image, stays as it is.
 */
record PromptTexts(UnaryOperator<String> change) {

    /** What clients call their end users, and often their addresses. */
    private static final List<String> NAMES = List.of("user", "safety_identifier", "prompt_cache_key");

    JsonObject in(JsonObject body) {
        JsonObject changed = replace(body, "messages", messages -> elements(messages, this::message));
        changed = replace(changed, "prompt", this::textOrTexts);
        changed = replace(changed, "input", this::textOrTexts);
        changed = replace(changed, "suffix", this::text);
        changed = replace(changed, "prediction", this::message);
        changed = replace(changed, "metadata", this::texts);
        for (String name : NAMES) {
            changed = replace(changed, name, this::text);
        }
        return changed;
    }

    private JsonValue texts(JsonValue notes) {
        if (!(notes instanceof JsonObject object)) {
            return notes;
        }
        JsonObject changed = object;
        for (String key : object.members().keySet()) {
            changed = replace(changed, key, this::text);
        }
        return changed;
    }

    private JsonValue message(JsonValue message) {
        if (!(message instanceof JsonObject object)) {
            return message;
        }
        JsonObject changed = replace(object, "content", this::content);
        changed = replace(changed, "tool_calls", calls -> elements(calls, this::toolCall));
        return replace(changed, "function_call", this::call);
    }

    private JsonValue content(JsonValue content) {
        return content instanceof JsonArray ? elements(content, this::part) : text(content);
    }

    private JsonValue part(JsonValue part) {
        return part instanceof JsonObject object ? replace(object, "text", this::text) : text(part);
    }

    private JsonValue toolCall(JsonValue toolCall) {
        return toolCall instanceof JsonObject object ? replace(object, "function", this::call) : toolCall;
    }

    private JsonValue call(JsonValue call) {
        return call instanceof JsonObject object ? replace(object, "arguments", this::text) : call;
    }

    private JsonValue textOrTexts(JsonValue value) {
        return value instanceof JsonArray ? elements(value, this::text) : text(value);
    }

    private JsonValue text(JsonValue value) {
        return value instanceof JsonString(String text) ? new JsonString(change.apply(text)) : value;
    }

    private static JsonValue elements(JsonValue array, UnaryOperator<JsonValue> change) {
        return array instanceof JsonArray(List<JsonValue> values)
                ? new JsonArray(values.stream().map(change).toList())
                : array;
    }

    private static JsonObject replace(JsonObject object, String key, UnaryOperator<JsonValue> change) {
        return object.get(key)
                .map(value -> object.with(key, change.apply(value)))
                .orElse(object);
    }
}
