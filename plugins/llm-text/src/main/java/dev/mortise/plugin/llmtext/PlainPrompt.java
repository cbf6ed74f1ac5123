package dev.mortise.plugin.llmtext;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model reads in a request that is no chat: {@code prompt} and {@code suffix} of a completion, {@code input} of an
 * embedding. The same request may have messages too: what counts is what the server that gets it makes of it.
 *
 * @param texts in their order
 * @param tokens that the client has already made of texts
 */
public record PlainPrompt(List<String> texts, int tokens) {

    private static final List<String> KEYS = List.of("prompt", "suffix", "input");

    public PlainPrompt {
        texts = List.copyOf(texts);
    }

    public static PlainPrompt of(JsonObject request) {
        List<JsonValue> values = KEYS.stream()
                .flatMap(key -> request.get(key).stream())
                .flatMap(PlainPrompt::elements)
                .toList();
        return new PlainPrompt(
                values.stream()
                        .filter(JsonString.class::isInstance)
                        .map(text -> ((JsonString) text).value())
                        .toList(),
                (int) values.stream().filter(JsonNumber.class::isInstance).count());
    }

    /** Texts come alone or in a list; tokens in a list, or in a list of lists. */
    private static Stream<JsonValue> elements(JsonValue value) {
        return value instanceof JsonArray(List<JsonValue> values)
                ? values.stream().flatMap(PlainPrompt::elements)
                : Stream.of(value);
    }
}
