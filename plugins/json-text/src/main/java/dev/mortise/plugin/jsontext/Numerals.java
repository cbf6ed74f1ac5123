package dev.mortise.plugin.jsontext;

import dev.mortise.api.json.JsonNumber;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in JSON text. */
final class Numerals {

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    /** Longer ones take too long to turn into a number, and no model means them. */
    private static final int LONGEST = 1000;

    private Numerals() {}

    /** Where the characters that a number may consist of end. */
    static int end(String text, int from, int limit) {
        int at = from;
        while (at < limit && "0123456789+-.eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    static Optional<JsonNumber> parse(String numeral) {
        if (numeral.length() > LONGEST || !NUMBER.matcher(numeral).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JsonNumber(new BigDecimal(numeral)));
        } catch (NumberFormatException e) {
            // Its exponent is out of bounds.
            return Optional.empty();
        }
    }
}
