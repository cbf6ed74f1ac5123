package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonObject;

/** How many tokens a request and its answer have. */
public record Usage(long promptTokens, long completionTokens) {

    /** As the OpenAI API has it. */
    public JsonObject toJson() {
        return JsonObject.of("prompt_tokens", promptTokens)
                .with("completion_tokens", completionTokens)
                .with("total_tokens", promptTokens + completionTokens);
    }
}
