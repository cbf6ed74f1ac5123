package dev.mortise.plugin.topicblocklist;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;

/** How a topic is looked for. All of them take time in proportion to the text, whatever is in it. */
enum MatchMode {
    /** Anywhere, also within words. */
    KEYWORD {
        @Override
        Predicate<String> matcher(String topic, boolean caseSensitive) {
            return phrase(topic, caseSensitive).asPredicate();
        }
    },
    /** Where no letter, digit or underscore comes right before or after it, of any script. */
    WHOLE_WORD {
        @Override
        Predicate<String> matcher(String topic, boolean caseSensitive) {
            java.util.regex.Pattern phrase = phrase(topic, caseSensitive);
            return text ->
                    phrase.matcher(text).results().anyMatch(found -> isBoundary(text, found.start(), found.end()));
        }
    },
    /** As a regular expression in the syntax of RE2. */
    REGEX {
        @Override
        Predicate<String> matcher(String topic, boolean caseSensitive) {
            try {
                Pattern pattern = Pattern.compile(topic, caseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
                return text -> pattern.matcher(text).find();
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "topics: '" + topic + "' is no regular expression in the syntax of RE2: " + e.getMessage(), e);
            }
        }
    };

    abstract Predicate<String> matcher(String topic, boolean caseSensitive);

    /** A literal, which is no matter of backtracking. */
    private static java.util.regex.Pattern phrase(String topic, boolean caseSensitive) {
        int anyCase = java.util.regex.Pattern.CASE_INSENSITIVE | java.util.regex.Pattern.UNICODE_CASE;
        return java.util.regex.Pattern.compile(
                topic.strip(), java.util.regex.Pattern.LITERAL | (caseSensitive ? 0 : anyCase));
    }

    private static boolean isBoundary(String text, int start, int end) {
        return (start == 0 || !isOfWord(text.codePointBefore(start)))
                && (end == text.length() || !isOfWord(text.codePointAt(end)));
    }

    private static boolean isOfWord(int character) {
        return Character.isLetterOrDigit(character) || character == '_';
    }
}
