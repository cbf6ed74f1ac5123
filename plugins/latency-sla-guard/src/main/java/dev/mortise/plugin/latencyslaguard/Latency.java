package dev.mortise.plugin.latencyslaguard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * How long a request took, in milliseconds with two decimals.
 *
 * @param total 0 if nobody knows
 */
record Latency(BigDecimal total, Optional<BigDecimal> firstToken) {

    private static final int MILLISECONDS = 3;
    private static final int DECIMALS = 2;

    /** All in seconds since 1970. */
    static Latency between(Optional<BigDecimal> start, Optional<BigDecimal> firstToken, BigDecimal end) {
        return new Latency(
                start.map(from -> milliseconds(from, end)).orElse(BigDecimal.ZERO),
                start.flatMap(from -> firstToken.map(token -> milliseconds(from, token))));
    }

    /** Clocks are set back now and then; no time is negative for that. */
    private static BigDecimal milliseconds(BigDecimal from, BigDecimal to) {
        return to.subtract(from)
                .max(BigDecimal.ZERO)
                .movePointRight(MILLISECONDS)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }
}
