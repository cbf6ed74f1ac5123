package dev.mortise.plugin.maxtokensenforcer;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number of tokens as a request gives it. Text of digits counts as a number, since some services take it for one; and a
 * negative number as more than any, since some take it for no limit at all.
 */
final class TokenLimit {

    private static final Pattern DIGITS = Pattern.compile("\\s*([+-]?)0*([0-9]*)\\s*");

    /** Longer than any ceiling, and short enough to be read at no cost. */
    private static final int MOST_DIGITS = 18;

    private TokenLimit() {}

    /** Whether it is a number above the ceiling; what is no number is for the service to refuse. */
    static boolean exceeds(JsonValue requested, int ceiling) {
        return switch (requested) {
            case JsonNumber(BigDecimal number) ->
                number.signum() < 0 || number.compareTo(BigDecimal.valueOf(ceiling)) > 0;
            case JsonString(String text) -> exceeds(text, ceiling);
            default -> false;
        };
    }

    private static boolean exceeds(String text, int ceiling) {
        var number = DIGITS.matcher(text);
        if (!number.matches() || number.group(2).isEmpty()) {
            return false;
        }
        String digits = number.group(2);
        return number.group(1).equals("-") || digits.length() > MOST_DIGITS || Long.parseLong(digits) > ceiling;
    }
}
