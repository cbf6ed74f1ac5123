package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.Param;
import dev.mortise.plugin.llmtext.Price;
import java.math.BigDecimal;
import java.util.Map;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("session_budget_usd") BigDecimal sessionBudgetUsd,
        @Param("team_budget_usd") BigDecimal teamBudgetUsd,
        @Param("avg_output_ratio") BigDecimal avgOutputRatio,
        @Param("warn_threshold") BigDecimal warnThreshold,
        String tokenizer,
        Map<String, Price> prices) {}
