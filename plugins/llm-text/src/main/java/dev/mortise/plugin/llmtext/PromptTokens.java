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
        return messages.stream().mapToInt(this::of).sum() + PER_PROMPT;
    }

    private int of(ChatMessage message) {
        int text = message.texts().stream().mapToInt(tokenizer::count).sum();
        return PER_MESSAGE + text + PER_IMAGE * message.images();
    }
}
