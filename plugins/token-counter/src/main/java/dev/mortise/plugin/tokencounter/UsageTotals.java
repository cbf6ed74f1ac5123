package dev.mortise.plugin.tokencounter;

import dev.mortise.api.StateStore;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Counts in the state store, so that the totals outlive swaps and restarts. */
final class UsageTotals {

    private static final String REQUESTS = "total.requests";
    private static final String INPUT = "total.input_tokens";
    private static final String OUTPUT = "total.output_tokens";

    /** In billionths of a dollar. */
    private static final String COST = "total.cost";

    private static final int DECIMALS = 9;

    private final StateStore state;

    UsageTotals(StateStore state) {
        this.state = state;
    }

    void add(TokenUsage used, BigDecimal dollars) {
        state.increment(REQUESTS, 1);
        state.increment(INPUT, used.input());
        state.increment(OUTPUT, used.output());
        state.increment(
                COST,
                dollars.movePointRight(DECIMALS)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact());
    }

    Totals read() {
        return new Totals(
                count(REQUESTS),
                count(INPUT),
                count(OUTPUT),
                BigDecimal.valueOf(count(COST), DECIMALS).stripTrailingZeros());
    }

    private long count(String key) {
        return state.get(key).map(Long::parseLong).orElse(0L);
    }
}
