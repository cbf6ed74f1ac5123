package dev.mortise.plugin.llmtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceTableTest {

    private final PriceTable list = PriceTable.with(Map.of());

    @Test
    void knowsListPrices() {
        assertThat(list.of("gpt-4o-mini")).isEqualTo(Price.of("0.15", "0.6"));
    }

    @Test
    void aDatedModelCostsWhatTheLongestNameItBeginsWithDoes() {
        assertThat(list.of("gpt-4o-mini-2025-01-31")).isEqualTo(list.of("gpt-4o-mini"));
        assertThat(list.of("gpt-4o-2024-08-06")).isEqualTo(list.of("gpt-4o"));
    }

    @Test
    void anUnknownModelHasTheDefaultPrice() {
        assertThat(list.of("gpt-4")).isEqualTo(PriceTable.DEFAULT);
        assertThat(list.of("")).isEqualTo(PriceTable.DEFAULT);
    }

    @Test
    void theOperatorsPricesComeFirst() {
        PriceTable own = PriceTable.with(Map.of("gpt-4o", Price.of("2", "9"), "house-", Price.of("0", "0")));
        assertThat(own.of("gpt-4o")).isEqualTo(Price.of("2", "9"));
        assertThat(own.of("gpt-4o-2024-08-06")).isEqualTo(Price.of("2", "9"));
        assertThat(own.of("house-7b")).isEqualTo(Price.of("0", "0"));
    }

    @Test
    void costsAreExact() {
        assertThat(PriceTable.DEFAULT.cost(7, 3)).isEqualByComparingTo("0.000016");
        assertThat(Price.of("0.059", "0.079").cost(1, 1)).isEqualByComparingTo("0.000000138");
        assertThat(PriceTable.DEFAULT.cost(0, 0)).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void aPriceIsNotNegative() {
        assertThatThrownBy(() -> Price.of("-1", "0")).isInstanceOf(IllegalArgumentException.class);
    }
}
