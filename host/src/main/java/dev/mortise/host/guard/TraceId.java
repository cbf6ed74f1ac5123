package dev.mortise.host.guard;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Trace ids as in W3C Trace Context: 16 bytes as 32 lower-case hexadecimal digits, not all zero. */
public final class TraceId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final String NONE = "0".repeat(32);

    private TraceId() {}

    /** A new one. It tells requests apart and is no secret, so the generator need not be a secure one. */
    public static String random(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        String id;
        do {
            id = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        } while (id.equals(NONE));
        return id;
    }

    /** Whether text from outside is a trace id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !text.equals(NONE);
    }
}
