package dev.mortise.plugin.contextwindowguard;

import dev.mortise.api.Param;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * The configuration, as the manifest describes it.
 *
 * @param safetyMargin the share of a window that a prompt may fill
 * @param modelWindows in tokens, by model
 */
record Settings(
        @Param("safety_margin") double safetyMargin,
        @Param("default_window") long defaultWindow,
        @Param("model_windows") Map<String, Long> modelWindows,
        String tokenizer) {

    private static final double PER_CENT = 100;

    /** How many tokens of a window a prompt may fill. */
    long usable(long window) {
        return (long) (window * safetyMargin);
    }

    BigDecimal marginPercent() {
        return new BigDecimal(safetyMargin * PER_CENT).setScale(0, RoundingMode.HALF_EVEN);
    }
}
