package dev.mortise.plugin.llmecho;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words, each with the blanks before it; the last one also has those behind it. */
final class Words {

    private Words() {}

    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = endOfWord(text, endOfBlanks(text, start));
            if (endOfBlanks(text, end) == text.length()) {
                end = text.length();
            }
            words.add(text.substring(start, end));
            start = end;
        }
        return words;
    }

    static long count(String text) {
        return of(text).size();
    }

    private static int endOfBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfWord(String text, int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
