package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.recordedcases.RecordedCase;
import dev.mortise.plugin.recordedcases.RecordedCase.Expectation;
import dev.mortise.plugin.recordedcases.RecordedCases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RecordedCasesTest {

    private static final String COST = "_estimated_cost_usd";

    @TestFactory
    Stream<DynamicTest> agreesWithEveryCall() {
        return RecordedCases.of("smart_budget_guard", SmartBudgetGuard.class, 5)
                .alsoNoting("_budget_receipt")
                .adapting(RecordedCasesTest::withExactCost)
                .tests();
    }

    /** The recorded sums are binary, such as 2.1000000000000002e-05; ours are decimal. */
    private static RecordedCase withExactCost(RecordedCase recorded) {
        Expectation expected = recorded.expected();
        Map<String, JsonValue> metadata =
                new LinkedHashMap<>(expected.metadata().members());
        metadata.computeIfPresent(COST, (_, cost) -> withoutNoise((JsonNumber) cost));
        return recorded.expecting(new Expectation(
                expected.action(),
                expected.status(),
                expected.errorType(),
                expected.message(),
                expected.body(),
                new JsonObject(metadata)));
    }

    private static JsonNumber withoutNoise(JsonNumber number) {
        BigDecimal value = number.value();
        return new JsonNumber(value.setScale(12, RoundingMode.HALF_EVEN));
    }
}
