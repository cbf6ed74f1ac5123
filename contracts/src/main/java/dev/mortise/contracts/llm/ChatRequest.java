package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.CompletionRequest.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A body of {@code POST /chat/completions}, read leniently: what is missing or of another type is as if absent. */
public record ChatRequest(JsonObject json) {

    /** The empty text if it names none. */
    public String model() {
        return json.text("model").orElse("");
    }

    public boolean isStream() {
        return json.bool("stream").orElse(false);
    }

    /** Whether a stream is to end with a chunk that holds the usage. */
    public boolean wantsUsage() {
        return json.object("stream_options")
                .flatMap(options -> options.bool("include_usage"))
                .orElse(false);
    }

    /** Of the answer; 0 if there is none. Its newer name goes first. */
    public int maxTokens() {
        long limit = json.integer("max_completion_tokens")
                .orElse(json.integer("max_tokens").orElse(0));
        return Math.clamp(limit, 0, Integer.MAX_VALUE);
    }

    public List<JsonObject> messages() {
        return json.array("messages").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    /** The text of a message; of one in parts, the texts among them, one below the other. */
    public static String text(JsonObject message) {
        Optional<JsonValue> content = message.get("content");
        if (content.isPresent() && content.get() instanceof JsonString(String text)) {
            return text;
        }
        return message.array("content").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(part -> ((JsonObject) part).text("text").stream())
                .collect(Collectors.joining("\n"));
    }

    /** The last thing that the user has said; the empty text for nothing. */
    public String lastUserText() {
        return messages().reversed().stream()
                .filter(message -> message.text("role").orElse("").equals("user"))
                .findFirst()
                .map(ChatRequest::text)
                .orElse("");
    }

    /** The part of it that every provider understands. */
    public CompletionRequest toCompletionRequest() {
        List<String> system = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (JsonObject message : messages()) {
            String role = message.text("role").orElse("user");
            if (role.equals("system") || role.equals("developer")) {
                system.add(text(message));
            } else {
                messages.add(new Message(role, text(message)));
            }
        }
        return new CompletionRequest(String.join("\n\n", system), messages, maxTokens(), model());
    }
}
