package dev.mortise.plugin.piimasker;

/** Where words and numbers begin and end. */
final class Characters {

    private Characters() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigitAt(String text, int at) {
        return at >= 0 && at < text.length() && isDigit(text.charAt(at));
    }

    static boolean isHexadecimal(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** Letters, digits and underscores of any script. */
    static boolean isWordAt(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }

    /** Whether something may begin here: a word, or a number with a sign or bracket before it. */
    static boolean beginsWord(String text, int at) {
        char c = text.charAt(at);
        return !isWordAt(text, at - 1) && (isWordAt(text, at) || c == '+' || c == '(');
    }
}
