package dev.mortise.plugin.hostprobe;

import java.util.Optional;
import java.util.OptionalLong;

/** Numbers as kernels print them. Text that is no number is absent, never an error. */
final class Numerals {

    private Numerals() {}

    /**
     * A 64-bit counter as the bits that the kernel holds, so that differences come out right even where the unsigned
     * value does not fit.
     */
    static OptionalLong counterBits(String text) {
        try {
            return OptionalLong.of(Long.parseUnsignedLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A counter to be shown; what is greater than the greatest long is shown as that. */
    static OptionalLong counter(String text) {
        OptionalLong bits = counterBits(text);
        return bits.isPresent() && bits.getAsLong() < 0 ? OptionalLong.of(Long.MAX_VALUE) : bits;
    }

    static OptionalLong integer(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    static Optional<Double> decimal(String text) {
        try {
            double value = Double.parseDouble(text.strip());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A share in percent with one decimal, from 0 to 100; absent where there is no whole. */
    static Optional<Double> percent(double part, double whole) {
        return whole > 0 ? Optional.of(oneDecimal(Math.clamp(100 * part / whole, 0, 100))) : Optional.empty();
    }

    static double oneDecimal(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
