package dev.mortise.storage;

import java.util.Optional;

/**
 * The keys that begin with a prefix, as a range in the order of code points, which an index can be searched for. LIKE would
 * need its wildcards escaped and knows no capital letters.
 *
 * @param from the first of them
 * @param to the first behind them, or nothing where no text comes behind them
 */
record KeyRange(String from, Optional<String> to) {

    static KeyRange of(String prefix) {
        return new KeyRange(prefix, behind(prefix));
    }

    /** What has the last code point that can be raised raised, and those behind it cut off. */
    private static Optional<String> behind(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return Optional.of(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return Optional.empty();
    }
}
