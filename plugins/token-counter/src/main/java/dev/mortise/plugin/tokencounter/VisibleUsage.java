package dev.mortise.plugin.tokencounter;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.llmtext.PromptTokens;
import dev.mortise.plugin.llmtext.Tokenizer;
import dev.mortise.plugin.llmtext.TokenizerChoice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What can be seen of the tokens of a request and its response, four characters to a token. */
final class VisibleUsage {

    private static final Tokenizer TOKENIZER = TokenizerChoice.HEURISTIC.load();
    private static final PromptTokens PROMPT = new PromptTokens(TOKENIZER);

    /** Members of a choice that the model has not written, or that say again what others say. */
    private static final Set<String> NOT_WRITTEN = Set.of("role", "id", "type", "finish_reason", "logprobs");

    private VisibleUsage() {}

    static TokenUsage of(JsonObject request, JsonObject response) {
        List<String> written =
                response.array("choices").stream().flatMap(VisibleUsage::texts).toList();
        return new TokenUsage(PROMPT.of(request), TOKENIZER.count(written));
    }

    private static Stream<String> texts(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> Stream.of(text);
            case JsonArray(List<JsonValue> values) -> values.stream().flatMap(VisibleUsage::texts);
            case JsonObject object ->
                object.members().entrySet().stream()
                        .filter(member -> !NOT_WRITTEN.contains(member.getKey()))
                        .flatMap(member -> texts(member.getValue()));
            default -> Stream.of();
        };
    }
}
