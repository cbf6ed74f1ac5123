package dev.mortise.plugin.responsequalitygate;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.util.List;
import java.util.Optional;

/** A prompt and the first choice of its response, as far as its quality shows there. */
record Exchange(JsonObject body, Optional<JsonObject> response) {

    /** Shorter last messages, such as "hi", may have a short answer. */
    private static final int TRIVIAL_CHARACTERS = 10;

    String content() {
        return message().map(message -> message.text().strip()).orElse("");
    }

    /** Whether the model wants something to be done before it says more. */
    boolean callsTools() {
        return message()
                .map(ChatMessage::json)
                .filter(message -> message.array("tool_calls")
                                .filter(calls -> calls.size() > 0)
                                .isPresent()
                        || message.object("function_call").isPresent())
                .isPresent();
    }

    /** Whether the provider says that it stopped at the limit of tokens. */
    boolean isCutOff() {
        return choice().flatMap(choice -> choice.text("finish_reason"))
                .filter("length"::equals)
                .isPresent();
    }

    boolean isTrivial() {
        List<ChatMessage> messages = ChatMessage.in(body);
        if (messages.isEmpty()) {
            return true;
        }
        ChatMessage last = messages.getLast();
        boolean inParts = last.json().array("content").isPresent();
        return !inParts && last.text().strip().length() < TRIVIAL_CHARACTERS;
    }

    private Optional<ChatMessage> message() {
        return choice().flatMap(choice -> choice.object("message")).map(ChatMessage::new);
    }

    private Optional<JsonObject> choice() {
        return response.flatMap(answer -> answer.array("choices")).map(JsonArray::values).stream()
                .flatMap(List::stream)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .findFirst();
    }
}
