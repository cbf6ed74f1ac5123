package dev.mortise.plugin.piimasker;

import java.util.EnumSet;
import java.util.Set;

/** Where words and numbers begin and end. */
final class Characters {

    private static final Set<Character.UnicodeScript> UNSPACED = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.BOPOMOFO,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR);

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

    /** Letters, digits and underscores of any script that sets its words apart. */
    static boolean isWordAt(String text, int at) {
        return isLetterAt(text, at) && !isOfUnspacedScript(text.charAt(at));
    }

    /** Whether something may begin here: a word, or a number with a sign or bracket before it. */
    static boolean beginsWord(String text, int at) {
        char c = text.charAt(at);
        return !isWordAt(text, at - 1) && (isLetterAt(text, at) || c == '+' || c == '(');
    }

    private static boolean isLetterAt(String text, int at) {
        return at >= 0 && at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }

    /** Numbers and addresses stand right beside its letters. */
    private static boolean isOfUnspacedScript(char c) {
        return c > 0xdff && UNSPACED.contains(Character.UnicodeScript.of(c));
    }
}
