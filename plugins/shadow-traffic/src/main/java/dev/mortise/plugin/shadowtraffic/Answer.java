package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.util.List;
import java.util.OptionalLong;

/** What a model has answered. */
record Answer(JsonObject response) {

    /** Of the first choice; empty if it has none. */
    String text() {
        return response.array("choices").map(JsonArray::values).orElse(List.of()).stream()
                .filter(JsonObject.class::isInstance)
                .limit(1)
                .flatMap(choice -> ((JsonObject) choice).object("message").stream())
                .map(message -> new ChatMessage(message).text())
                .findFirst()
                .orElse("");
    }

    OptionalLong tokens() {
        return response.object("usage")
                .map(usage -> usage.integer("completion_tokens"))
                .orElse(OptionalLong.empty());
    }
}
