package dev.mortise.host.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;

/** Bytes to text, where nothing but well-formed UTF-8 will do. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /** The text, without a byte order mark at its start, which RFC 8259 lets a reader pass over. */
    static String decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        // The fast decoder puts U+FFFD where it fails, but the text may also hold that character by right.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Whether the text has no half of a surrogate pair. */
    static boolean canEncode(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
                || UTF_8.newEncoder().canEncode(text);
    }

    private static void requireWellFormed(byte[] bytes) {
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        // A new decoder reports what is malformed.
        CoderResult outcome = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), decoded, true);
        if (outcome.isError()) {
            throw new MalformedText(end(decoded.flip()), "these bytes are not UTF-8; save the text as UTF-8");
        }
    }

    private static Position end(CharBuffer text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (c != BYTE_ORDER_MARK || i > 0) {
                column++;
            }
        }
        return new Position(line, column);
    }
}
