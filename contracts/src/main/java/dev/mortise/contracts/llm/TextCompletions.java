package dev.mortise.contracts.llm;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The older {@code /completions} in terms of {@code /chat/completions}. */
final class TextCompletions {

    /** What has no counterpart, or another meaning. */
    private static final Set<String> LEFT_OUT = Set.of("prompt", "suffix", "echo", "best_of", "logprobs");

    private TextCompletions() {}

    /** @throws ServiceException if it has more than one prompt, or one in tokens */
    static JsonObject toChat(JsonObject request) {
        Map<String, JsonValue> members = new LinkedHashMap<>(request.members());
        members.keySet().removeAll(LEFT_OUT);
        members.put(
                "messages", JsonValue.of(List.of(JsonObject.of("role", "user").with("content", prompt(request)))));
        return new JsonObject(members);
    }

    private static String prompt(JsonObject request) {
        JsonValue prompt = request.get("prompt").orElse(new JsonString(""));
        if (prompt instanceof JsonString(String text)) {
            return text;
        }
        if (prompt instanceof JsonArray array && array.size() == 1 && array.get(0) instanceof JsonString(String text)) {
            return text;
        }
        throw new ServiceException(
                ServiceException.Kind.INVALID, "this model takes one prompt in a request, and takes it as text");
    }

    static JsonObject fromChat(JsonObject completion) {
        List<JsonValue> choices = new ArrayList<>();
        for (JsonObject choice : choices(completion)) {
            choices.add(choice(
                    choice, choice.object("message").map(ChatRequest::text).orElse("")));
        }
        return withChoices(completion, choices);
    }

    /** Nothing for a chunk that would say nothing. */
    static Optional<JsonObject> fromChunk(JsonObject chunk) {
        List<JsonValue> choices = new ArrayList<>();
        for (JsonObject choice : choices(chunk)) {
            String text = choice.object("delta").map(ChatRequest::text).orElse("");
            if (!text.isEmpty() || choice.text("finish_reason").isPresent()) {
                choices.add(choice(choice, text));
            }
        }
        return choices.isEmpty() && !chunk.has("usage") ? Optional.empty() : Optional.of(withChoices(chunk, choices));
    }

    private static List<JsonObject> choices(JsonObject completion) {
        return completion.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject choice(JsonObject chatChoice, String text) {
        return JsonObject.of("text", text)
                .with("index", chatChoice.integer("index").orElse(0))
                .with("logprobs", JsonNull.NULL)
                .with("finish_reason", chatChoice.get("finish_reason").orElse(JsonNull.NULL));
    }

    private static JsonObject withChoices(JsonObject completion, List<JsonValue> choices) {
        String id = completion.text("id").orElse("").replaceFirst("^chatcmpl-", "cmpl-");
        return completion.with("id", id).with("object", "text_completion").with("choices", choices);
    }
}
