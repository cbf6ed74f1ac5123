package dev.mortise.plugin.llmtext;

import java.math.BigDecimal;

/**
 * What a model's tokens cost.
 *
 * @param input US dollars for a million tokens that it reads
 * @param output US dollars for a million tokens that it writes
 */
public record Price(BigDecimal input, BigDecimal output) {

    private static final int MILLION = 6;

    public Price {
        if (input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("a price must not be negative");
        }
    }

    static Price of(String input, String output) {
        return new Price(new BigDecimal(input), new BigDecimal(output));
    }

    /** In US dollars, exact. */
    public BigDecimal cost(long inputTokens, long outputTokens) {
        BigDecimal millionfold =
                input.multiply(BigDecimal.valueOf(inputTokens)).add(output.multiply(BigDecimal.valueOf(outputTokens)));
        return millionfold.movePointLeft(MILLION).stripTrailingZeros();
    }
}
