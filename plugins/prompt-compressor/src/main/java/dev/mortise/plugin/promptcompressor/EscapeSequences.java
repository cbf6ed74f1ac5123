package dev.mortise.plugin.promptcompressor;

/** Colours and cursor movements of terminals, ECMA-48: they mean nothing to a model. */
final class EscapeSequences {

    private static final char ESCAPE = '\u001b';

    private EscapeSequences() {}

    static String stripped(String text) {
        int at = text.indexOf(ESCAPE);
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (at >= 0) {
            int end = end(text, at);
            if (end > at) {
                out.append(text, copied, at);
                copied = end;
            }
            at = text.indexOf(ESCAPE, Math.max(end, at + 1));
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Behind the sequence; the beginning itself if it is none. */
    private static int end(String text, int start) {
        int at = start + 1;
        if (at >= text.length()) {
            return start;
        }
        char kind = text.charAt(at++);
        if (kind != '[') {
            return kind >= '@' && kind <= '_' ? at : start;
        }
        while (at < text.length() && isBetween(text.charAt(at), '0', '?')) {
            at++;
        }
        while (at < text.length() && isBetween(text.charAt(at), ' ', '/')) {
            at++;
        }
        return at < text.length() && isBetween(text.charAt(at), '@', '~') ? at + 1 : start;
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
