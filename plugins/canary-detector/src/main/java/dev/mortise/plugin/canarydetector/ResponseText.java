package dev.mortise.plugin.canarydetector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A response in which passages of system prompts are looked for, whatever their case, line breaks and punctuation. */
final class ResponseText {

    /** Passages of fewer words than this prove nothing. */
    private static final int FEWEST_WORDS = 6;

    private static final int LONGEST_PASSAGE = 8;

    private final String text;
    private final List<String> words;
    private final Map<Integer, Set<String>> passages = new HashMap<>();

    ResponseText(String response) {
        this.text = response.toLowerCase(Locale.ROOT);
        this.words = Words.of(text);
    }

    /** Empty if the prompt is not in it at all, or too short to tell. */
    Optional<Leak> leakOf(String systemPrompt) {
        String prompt = systemPrompt.toLowerCase(Locale.ROOT).strip();
        if (!prompt.isEmpty() && TextSearch.contains(text, prompt)) {
            return Optional.of(Leak.whole(prompt));
        }
        List<String> promptWords = Words.of(prompt);
        if (promptWords.size() < FEWEST_WORDS) {
            return Optional.empty();
        }
        int length = Math.min(LONGEST_PASSAGE, promptWords.size() / 2);
        Set<String> known = passages.computeIfAbsent(length, this::passages);
        int matches = 0;
        int characters = 0;
        int coveredUpTo = 0;
        for (int i = 0; i + length <= promptWords.size(); i++) {
            if (known.contains(passage(promptWords, i, length))) {
                matches++;
                for (int covered = Math.max(i, coveredUpTo); covered < i + length; covered++) {
                    characters += promptWords.get(covered).length() + 1;
                }
                coveredUpTo = i + length;
            }
        }
        return matches == 0
                ? Optional.empty()
                : Optional.of(Leak.passages((double) matches * length / promptWords.size(), characters));
    }

    private Set<String> passages(int length) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i + length <= words.size(); i++) {
            all.add(passage(words, i, length));
        }
        return all;
    }

    private static String passage(List<String> words, int from, int length) {
        return String.join(" ", words.subList(from, from + length));
    }
}
