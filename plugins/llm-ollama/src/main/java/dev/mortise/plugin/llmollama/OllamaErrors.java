package dev.mortise.plugin.llmollama;

import dev.mortise.api.json.JsonObject;

/** Ollama says {@code {"error":"words"}}; clients of the OpenAI API expect an object there. */
final class OllamaErrors {

    private OllamaErrors() {}

    static JsonObject asOpenAi(JsonObject body) {
        return body.text("error")
                .map(words ->
                        JsonObject.of("error", JsonObject.of("message", words).with("type", "upstream_error")))
                .orElse(body);
    }
}
