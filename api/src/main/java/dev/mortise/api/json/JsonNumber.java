package dev.mortise.api.json;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** A number, exact. Equality is by numeric value: {@code 1}, {@code 1.0} and {@code 1e0} are the same. */
public record JsonNumber(BigDecimal value) implements JsonValue {

    public static JsonNumber of(long value) {
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    /** @throws IllegalArgumentException for NaN and infinities, which JSON lacks */
    public static JsonNumber of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number for " + value);
        }
        return new JsonNumber(BigDecimal.valueOf(value));
    }

    /** The value as a whole number; empty if it has a fraction or is out of range. */
    public OptionalLong asLong() {
        // Checked first: longValueExact would expand an exponent like 1e999999999 to its digits.
        if ((long) value.precision() - value.scale() > 19) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(value.longValueExact());
        } catch (ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    public double asDouble() {
        return value.doubleValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonNumber(BigDecimal that) && value.compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
