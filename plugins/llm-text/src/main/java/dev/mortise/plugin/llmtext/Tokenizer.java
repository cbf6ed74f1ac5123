package dev.mortise.plugin.llmtext;

import java.util.List;

/** Counts the tokens of texts, in a time that a hook has. Safe for use by several threads. */
@FunctionalInterface
public interface Tokenizer {

    /** @return 0 for an empty text, otherwise at least 1 */
    int count(String text);

    /** The tokens of all of them together. */
    default int count(List<String> texts) {
        return texts.stream().mapToInt(this::count).sum();
    }
}
