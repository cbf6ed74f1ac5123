package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.plugin.llmtext.ChatMessage;
import dev.mortise.plugin.llmtext.PriceTable;
import dev.mortise.plugin.llmtext.PromptTokens;
import dev.mortise.plugin.llmtext.TokenizerChoice;
import java.math.BigDecimal;
import java.util.List;

/** What a request is expected to cost, before its answer is known. */
final class CostEstimate {

    private final PromptTokens tokens;
    private final PriceTable prices;
    private final BigDecimal outputRatio;

    private CostEstimate(PromptTokens tokens, PriceTable prices, BigDecimal outputRatio) {
        this.tokens = tokens;
        this.prices = prices;
        this.outputRatio = outputRatio;
    }

    /** Loads the tokenizer. */
    static CostEstimate of(Settings settings) {
        PromptTokens tokens =
                new PromptTokens(TokenizerChoice.named(settings.tokenizer()).load());
        return new CostEstimate(tokens, PriceTable.with(settings.prices()), settings.avgOutputRatio());
    }

    int inputTokens(List<ChatMessage> messages) {
        return tokens.of(messages);
    }

    /** In US dollars. */
    BigDecimal cost(String model, int inputTokens) {
        long outputTokens =
                outputRatio.multiply(BigDecimal.valueOf(inputTokens)).longValue();
        return prices.of(model).cost(inputTokens, outputTokens);
    }
}
