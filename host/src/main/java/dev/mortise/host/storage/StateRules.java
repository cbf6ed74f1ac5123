package dev.mortise.host.storage;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** The rules that {@link dev.mortise.api.StateStore} has for keys, values, counters and times to live. */
public final class StateRules {

    /** In characters (code points). */
    public static final int MAX_KEY = 512;

    /** In bytes of UTF-8. */
    public static final int MAX_VALUE = 1 << 20;

    /** The time of an entry that never ends. */
    public static final long NEVER = Long.MAX_VALUE;

    private StateRules() {}

    /**
     * Checks a key.
     *
     * @throws IllegalArgumentException naming the limit, if it has a length that no key has
     */
    public static void checkKey(String key) {
        int length = key.codePointCount(0, key.length());
        if (length < 1 || length > MAX_KEY) {
            throw new IllegalArgumentException("a key holds 1 to " + MAX_KEY + " characters, not " + length);
        }
        checkPrefix(key);
    }

    /**
     * Checks the beginning of keys.
     *
     * @throws IllegalArgumentException if no key can begin like this
     */
    public static void checkPrefix(String prefix) {
        if (!isWellFormed(prefix)) {
            throw new IllegalArgumentException("a key holds whole characters, not half of a surrogate pair");
        }
    }

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException naming the limit, if it is too long
     */
    public static void checkValue(String value) {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("a value holds whole characters, not half of a surrogate pair");
        }
        // Text of a third of the limit cannot exceed it, which spares most values the count.
        if (value.length() > MAX_VALUE / 3) {
            int size = size(value);
            if (size > MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a value holds at most 1 MiB (" + MAX_VALUE + " bytes), not " + size);
            }
        }
    }

    public static void checkLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit is 0 or more, not " + limit);
        }
    }

    /** Whether the text can be written as UTF-8 and read back. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** In bytes of UTF-8. */
    public static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * When an entry set now ends, in milliseconds of the epoch: it is gone at that time and after.
     *
     * @throws IllegalArgumentException if the time to live is not positive
     */
    public static long end(Clock clock, Duration timeToLive) {
        if (!timeToLive.isPositive()) {
            throw new IllegalArgumentException("a time to live is more than zero, not " + timeToLive);
        }
        try {
            // Rounded up, so that the shortest of all is not over before it begins.
            long millis = timeToLive.plusNanos(999_999).toMillis();
            return Math.addExact(clock.millis(), millis);
        } catch (ArithmeticException e) {
            return NEVER;
        }
    }

    /**
     * The counter after an addition.
     *
     * @throws IllegalStateException if the value is not a whole number or the sum leaves the range of 64 bits
     */
    public static long add(String key, String value, long delta) {
        long counter;
        try {
            counter = Long.parseLong(value);
        } catch (NumberFormatException e) {
            // Without the value, which may be a secret.
            throw new IllegalStateException(
                    "the value of '" + key + "' is not a whole number, so it cannot be counted up");
        }
        try {
            return Math.addExact(counter, delta);
        } catch (ArithmeticException e) {
            throw new IllegalStateException("the counter '" + key + "' would leave the range of 64 bits");
        }
    }
}
