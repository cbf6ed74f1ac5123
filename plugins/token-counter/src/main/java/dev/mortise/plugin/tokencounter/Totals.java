package dev.mortise.plugin.tokencounter;

import dev.mortise.api.Param;
import java.math.BigDecimal;

/** What has been counted since the plugin was installed. */
public record Totals(
        @Param("requests_counted") long requestsCounted,
        @Param("total_input_tokens") long totalInputTokens,
        @Param("total_output_tokens") long totalOutputTokens,

        @Param(value = "total_cost_usd", description = "In US dollars")
        BigDecimal totalCostUsd) {}
