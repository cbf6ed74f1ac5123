package dev.mortise.plugin.llmtext;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * What models cost. A model has the price that the operator gave it, else the listed one, else that of the longest
 * known name that its own begins with ({@code gpt-4o-2024-08-06} costs what {@code gpt-4o} does), else the default.
 * Immutable.
 */
public final class PriceTable {

    /** For a model that nothing is known about. */
    public static final Price DEFAULT = Price.of("1", "3");

    private final Map<String, Price> prices;

    private PriceTable(Map<String, Price> prices) {
        this.prices = prices;
    }

    /** @param overrides by model, in place of what is listed under the same name and beside the others */
    public static PriceTable with(Map<String, Price> overrides) {
        Map<String, Price> prices = new HashMap<>(ListPrices.BY_MODEL);
        prices.putAll(overrides);
        return new PriceTable(prices);
    }

    public Price of(String model) {
        Price exact = prices.get(model);
        return exact != null ? exact : byPrefix(model);
    }

    private Price byPrefix(String model) {
        return prices.entrySet().stream()
                .filter(entry -> model.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Entry::getValue)
                .orElse(DEFAULT);
    }
}
