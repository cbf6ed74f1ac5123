package dev.mortise.plugin.canarydetector;

import java.util.ArrayList;
import java.util.List;

/** Takes a text apart. */
final class Words {

    private Words() {}

    /** What stands between white space, without the punctuation around it. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            String word = bare(text.substring(start, at));
            if (!word.isEmpty()) {
                words.add(word);
            }
            at++;
        }
        return words;
    }

    private static String bare(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && !Character.isLetterOrDigit(word.charAt(start))) {
            start++;
        }
        while (end > start && !Character.isLetterOrDigit(word.charAt(end - 1))) {
            end--;
        }
        return word.substring(start, end);
    }
}
