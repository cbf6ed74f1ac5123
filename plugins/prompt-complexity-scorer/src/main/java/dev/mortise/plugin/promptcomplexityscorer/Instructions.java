package dev.mortise.plugin.promptcomplexityscorer;

import java.util.Locale;
import java.util.Set;

/** Counts the words that ask for something to be done, or put it in an order. */
final class Instructions {

    private static final Set<String> WORDS = Set.of(
            "analyse",
            "analyze",
            "build",
            "calculate",
            "compare",
            "create",
            "debug",
            "describe",
            "design",
            "ensure",
            "evaluate",
            "explain",
            "finally",
            "first",
            "implement",
            "list",
            "must",
            "optimise",
            "optimize",
            "prove",
            "refactor",
            "second",
            "should",
            "summarise",
            "summarize",
            "third",
            "translate",
            "write");

    /** Counts together with the number after it. */
    private static final String NUMBERED = "step";

    private Instructions() {}

    static int in(String text) {
        int count = 0;
        int at = 0;
        boolean numbered = false;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            if (end == at) {
                numbered &= text.charAt(at) == ' ';
                at++;
                continue;
            }
            String word = text.substring(at, end).toLowerCase(Locale.ROOT);
            if (WORDS.contains(word) || (numbered && Character.isDigit(word.charAt(0)))) {
                count++;
            }
            numbered = word.equals(NUMBERED);
            at = end;
        }
        return count;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }
}
