package dev.mortise.plugin.jsontext;

/** The quotes that models put around strings. */
final class Quotes {

    private static final String OPENING = "\"'\u201c\u2018";
    private static final String CLOSING = "\"'\u201d\u2019";

    private Quotes() {}

    static boolean isOpening(char c) {
        return OPENING.indexOf(c) >= 0;
    }

    /**
     * Whether the character closes a string that began with the other. What is no double quote may be an apostrophe, so
     * it counts only before what follows a string.
     *
     * @param after behind the character
     */
    static boolean closes(char opening, char c, String text, int after, int limit) {
        if (c != CLOSING.charAt(OPENING.indexOf(opening))) {
            return false;
        }
        if (opening == '"') {
            return true;
        }
        int next = after;
        while (next < limit && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next == limit || ",:}]".indexOf(text.charAt(next)) >= 0;
    }
}
