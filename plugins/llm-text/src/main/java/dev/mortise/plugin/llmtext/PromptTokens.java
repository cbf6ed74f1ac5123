package dev.mortise.plugin.llmtext;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Estimates the tokens that a model reads of a request: those of the texts of a chat and what it adds around them, of the
 * tools that it may call and has called, of the form that the answer is to have, and of a plain prompt or input.
 */
public final class PromptTokens {

    /** Role and structure of a message. */
    private static final int PER_MESSAGE = 4;

    /** An image in low detail, which costs the same whatever its size. */
    private static final int PER_IMAGE = 85;

    /** What primes the answer. */
    private static final int PER_PROMPT = 2;

    /** Of a request: what the model gets to read as JSON. */
    private static final List<String> DEFINITIONS = List.of("tools", "functions", "response_format");

    /** Of a message. */
    private static final List<String> CALLS = List.of("tool_calls", "function_call");

    private final Tokenizer tokenizer;

    public PromptTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public int of(JsonObject request) {
        List<ChatMessage> messages = ChatMessage.in(request);
        PlainPrompt plain = PlainPrompt.of(request);
        List<String> texts = new ArrayList<>(plain.texts());
        messages.forEach(message -> {
            texts.addAll(message.texts());
            texts.addAll(json(message.json(), CALLS));
        });
        texts.addAll(json(request, DEFINITIONS));
        int images = messages.stream().mapToInt(ChatMessage::images).sum();
        return PER_MESSAGE * messages.size()
                + tokenizer.count(texts)
                + plain.tokens()
                + PER_IMAGE * images
                + PER_PROMPT;
    }

    private static List<String> json(JsonObject object, List<String> keys) {
        return keys.stream()
                .flatMap(key -> object.get(key).stream())
                .map(JsonValue::toString)
                .toList();
    }
}
