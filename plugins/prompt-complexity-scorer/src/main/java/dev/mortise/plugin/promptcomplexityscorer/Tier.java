package dev.mortise.plugin.promptcomplexityscorer;

import java.math.BigDecimal;
import java.util.Locale;

/** What a score means. */
enum Tier {
    SIMPLE,
    MODERATE,
    COMPLEX;

    private static final BigDecimal MODERATE_FROM = new BigDecimal("0.3");
    private static final BigDecimal COMPLEX_FROM = new BigDecimal("0.7");

    static Tier of(BigDecimal score) {
        if (score.compareTo(MODERATE_FROM) < 0) {
            return SIMPLE;
        }
        return score.compareTo(COMPLEX_FROM) < 0 ? MODERATE : COMPLEX;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
