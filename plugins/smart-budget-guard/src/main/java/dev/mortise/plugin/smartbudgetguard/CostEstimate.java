package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.llmtext.PriceTable;
import dev.mortise.plugin.llmtext.PromptTokens;
import dev.mortise.plugin.llmtext.TokenizerChoice;
import java.math.BigDecimal;
import java.util.List;

/** What a request is expected to cost, before its answer is known. */
final class CostEstimate {

    private static final List<String> COUNTS = List.of("n", "best_of");

    /** More than any server gives, and few enough for the cost to stay a number. */
    private static final int MOST_ANSWERS = 1000;

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

    int inputTokens(JsonObject request) {
        return tokens.of(request);
    }

    /** In US dollars. */
    BigDecimal cost(JsonObject request, int inputTokens) {
        long outputTokens =
                outputRatio.multiply(BigDecimal.valueOf(inputTokens)).longValue();
        return prices.of(request.text("model").orElse("")).cost(inputTokens, outputTokens * answers(request));
    }

    /** How many answers the model writes, whether or not the client gets them all. */
    private static long answers(JsonObject request) {
        return COUNTS.stream()
                .flatMapToLong(key -> request.integer(key).stream())
                .map(count -> Math.clamp(count, 1, MOST_ANSWERS))
                .max()
                .orElse(1);
    }
}
