package dev.mortise.plugin.llmecho;

import dev.mortise.contracts.llm.ChatReply;
import java.util.List;

/** A text come back, word by word, perhaps not all of it. */
record Echo(List<String> words, String finishReason) {

    /** @param maxTokens 0 for no limit */
    static Echo of(String text, int maxTokens) {
        List<String> words = Words.of(text);
        return maxTokens > 0 && words.size() > maxTokens
                ? new Echo(words.subList(0, maxTokens), ChatReply.LENGTH)
                : new Echo(words, ChatReply.STOP);
    }

    String text() {
        return String.join("", words);
    }
}
