package dev.mortise.plugin.canarydetector;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a system prompt stands in a response.
 *
 * @param ratio from 0 to 1; overlapping passages count more than once, so that scattered words do not reach 1
 * @param characters how many characters of the prompt
 * @param method how it was found
 */
record Leak(double ratio, int characters, String method) {

    static Leak whole(String prompt) {
        return new Leak(1, prompt.length(), "full_match");
    }

    static Leak passages(double ratio, int characters) {
        return new Leak(Math.min(1, ratio), characters, "ngram_match");
    }

    BigDecimal rounded() {
        return new BigDecimal(ratio).setScale(3, RoundingMode.HALF_EVEN);
    }
}
