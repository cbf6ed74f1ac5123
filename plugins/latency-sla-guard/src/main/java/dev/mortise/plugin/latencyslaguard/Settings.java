package dev.mortise.plugin.latencyslaguard;

import dev.mortise.api.Param;
import java.math.BigDecimal;

/** The configuration, as the manifest describes it. Times are in milliseconds. */
record Settings(
        @Param("ttft_p95_ms") BigDecimal firstToken,
        @Param("total_p95_ms") BigDecimal total,
        @Param("hard_limit_ms") BigDecimal hardLimit,
        @Param("window_size") int windowSize) {

    Targets targets() {
        return new Targets(firstToken, total, hardLimit);
    }
}
