package dev.mortise.plugin.llmtext;

import java.util.List;

/** Estimates the tokens that a model reads: those of the texts, and what a chat adds around them. */
public final class PromptTokens {

    /** Role and structure of a message. */
    private static final int PER_MESSAGE = 4;

    /** An image in low detail, which costs the same whatever its size. */
    private static final int PER_IMAGE = 85;

    /** What primes the answer. */
    private static final int PER_PROMPT = 2;

    private final Tokenizer tokenizer;

    public PromptTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public int of(List<ChatMessage> messages) {
        List<String> texts =
                messages.stream().flatMap(message -> message.texts().stream()).toList();
        int images = messages.stream().mapToInt(ChatMessage::images).sum();
        return PER_MESSAGE * messages.size() + tokenizer.count(texts) + PER_IMAGE * images + PER_PROMPT;
    }
}
