package dev.mortise.plugin.llmtext;

/** Counts the tokens of a text. Safe for use by several threads. */
@FunctionalInterface
public interface Tokenizer {

    /** @return 0 for an empty text, otherwise at least 1 */
    int count(String text);
}
