package dev.mortise.host.guard;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Trace ids as in W3C Trace Context: 16 bytes as 32 lower-case hexadecimal digits, not all zero. */
public final class TraceId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final String NONE = "0".repeat(32);

    /** In hexadecimal. */
    private static final int LONG_DIGITS = 16;

    private TraceId() {}

    /** A new one. It tells requests apart and is no secret, so the generator need not be a secure one. */
    public static String random(RandomGenerator random) {
        long high;
        long low;
        do {
            high = random.nextLong();
            low = random.nextLong();
        } while ((high | low) == 0);
        // Digit by digit: every request makes one, and putting two texts together takes four times as long.
        byte[] digits = new byte[2 * LONG_DIGITS];
        write(high, digits, 0);
        write(low, digits, LONG_DIGITS);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void write(long number, byte[] digits, int from) {
        for (int i = 0; i < LONG_DIGITS; i++) {
            int digit = (int) (number >>> (4 * (LONG_DIGITS - 1 - i))) & 0xf;
            digits[from + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }

    /** Whether text from outside is a trace id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !text.equals(NONE);
    }
}
