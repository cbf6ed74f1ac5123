package dev.mortise.plugin.promptcomplexityscorer;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All texts of a prompt as one: a line for each, and an empty one for each part that is no text, such as an image. */
final class PromptText {

    private PromptText() {}

    static String of(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(message -> message.json().get("content").stream())
                .flatMap(PromptText::lines)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(JsonValue content) {
        return switch (content) {
            case JsonString(String text) -> Stream.of(text);
            case JsonArray(List<JsonValue> parts) ->
                parts.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(part -> ((JsonObject) part).text("text").orElse(""));
            default -> Stream.of();
        };
    }
}
