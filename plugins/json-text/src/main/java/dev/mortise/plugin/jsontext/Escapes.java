package dev.mortise.plugin.jsontext;

/** What may follow a backslash in JSON text. */
final class Escapes {

    private static final int NONE = -1;

    private Escapes() {}

    /** The character that the escape at the position, after the backslash, stands for; negative if it is none. */
    static int decode(String text, int at) {
        if (at >= text.length()) {
            return NONE;
        }
        return switch (text.charAt(at)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal(text, at + 1);
            default -> NONE;
        };
    }

    /** How many characters after the backslash a valid escape has. */
    static int length(String text, int at) {
        return text.charAt(at) == 'u' ? 5 : 1;
    }

    private static int hexadecimal(String text, int at) {
        if (at + 4 > text.length()) {
            return NONE;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 'f') {
                return NONE;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
