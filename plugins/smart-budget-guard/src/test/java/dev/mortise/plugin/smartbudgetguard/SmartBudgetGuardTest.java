package dev.mortise.plugin.smartbudgetguard;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PluginTest(value = SmartBudgetGuard.class, config = "{\"session_budget_usd\": 0.00016, \"team_budget_usd\": 0.0008}")
class SmartBudgetGuardTest {

    /** Costs 0.000016 dollars: 7 tokens at 1 and 3 at 3 for a million. */
    private static final HookRequest REQUEST =
            HookRequest.body("{\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}");

    private static final JsonObject NOT_SETTLED = object("{\"settled\": false, \"correction_usd\": 0}");

    @Test
    void parallelRequestsNeverSpendMoreThanASessionHasAlsoAcrossASwap(PluginUnderTest plugin) throws Exception {
        assertThat(admitted(plugin, Collections.nCopies(4, REQUEST))).isEqualTo(4);
        plugin.reload();
        assertThat(admitted(plugin, Collections.nCopies(50, REQUEST))).isEqualTo(6);
        assertThat(spending(plugin, "test-session", "test-session"))
                .isEqualTo(object("{\"session_spent_usd\": 0.00016, \"session_budget_usd\": 0.00016, "
                        + "\"team_spent_usd\": 0.00016, \"team_budget_usd\": 0.0008}"));
    }

    @Test
    void sessionsOfATeamNeverSpendMoreThanTheTeamHas(PluginUnderTest plugin) throws Exception {
        List<HookRequest> requests = IntStream.range(0, 60)
                .mapToObj(i -> REQUEST.session("session " + i).metadata("api_key", "team-alpha"))
                .toList();
        assertThat(admitted(plugin, requests)).isEqualTo(50);
        // What was refused has not been taken from the sessions either.
        BigDecimal ofSessions = IntStream.range(0, 60)
                .mapToObj(i -> dollars(spending(plugin, "session " + i, "team-alpha"), "session_spent_usd"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(ofSessions).isEqualByComparingTo("0.0008");
        assertThat(dollars(spending(plugin, "session 1", "team-alpha"), "team_spent_usd"))
                .isEqualByComparingTo("0.0008");
    }

    @Test
    void nobodySpendsFromASessionOfAnotherTeam(PluginUnderTest plugin) throws Exception {
        HookRequest mallory = REQUEST.session("alice").metadata("api_key", "mallory");
        HookRequest alice = REQUEST.session("alice").metadata("api_key", "alice");
        assertThat(admitted(plugin, Collections.nCopies(12, mallory))).isEqualTo(10);
        assertThat(admitted(plugin, Collections.nCopies(12, alice))).isEqualTo(10);
    }

    @Test
    void theActualCostTakesThePlaceOfTheEstimateOnce(PluginUnderTest plugin) {
        String receipt = receipt(plugin, REQUEST);
        plugin.reload();
        assertThat(settle(plugin, receipt, "0.00001"))
                .isEqualTo(object("{\"settled\": true, \"correction_usd\": -0.000006}"));
        assertThat(settle(plugin, receipt, "0.00001")).isEqualTo(NOT_SETTLED);
        JsonObject spending = spending(plugin, "test-session", "test-session");
        assertThat(dollars(spending, "session_spent_usd")).isEqualByComparingTo("0.00001");
        assertThat(dollars(spending, "team_spent_usd")).isEqualByComparingTo("0.00001");
    }

    @Test
    void whatHasCostMoreThanItsEstimateCounts(PluginUnderTest plugin) {
        settle(plugin, receipt(plugin, REQUEST), "0.0002");
        assertThat(plugin.decide(REQUEST))
                .isEqualTo(
                        Decision.block(
                                429,
                                "session_budget_exceeded",
                                "Session budget exceeded. Spent: $0.0002, Estimated: $0.0000, Remaining: $0.0000, Limit: $0.00"));
    }

    @Test
    void settlingAtTheSameTimeCountsOnce(PluginUnderTest plugin) throws Exception {
        String receipt = receipt(plugin, REQUEST);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long settled = 0;
            for (var result : threads.invokeAll(Collections.nCopies(20, () -> settle(plugin, receipt, "0")))) {
                settled += ((JsonObject) result.get()).bool("settled").orElseThrow() ? 1 : 0;
            }
            assertThat(settled).isEqualTo(1);
        }
        assertThat(dollars(spending(plugin, "test-session", "test-session"), "session_spent_usd"))
                .isEqualByComparingTo("0");
    }

    @Test
    void eachOfManyRequestsIsSettledForItselfAtTheSameTime(PluginUnderTest plugin) throws Exception {
        List<String> receipts =
                IntStream.range(0, 10).mapToObj(i -> receipt(plugin, REQUEST)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<JsonValue>> settlements = receipts.stream()
                    .map(receipt -> (Callable<JsonValue>) () -> settle(plugin, receipt, "0.000001"))
                    .toList();
            for (var result : threads.invokeAll(settlements)) {
                assertThat(result.get()).isEqualTo(object("{\"settled\": true, \"correction_usd\": -0.000015}"));
            }
        }
        JsonObject spending = spending(plugin, "test-session", "test-session");
        assertThat(dollars(spending, "session_spent_usd")).isEqualByComparingTo("0.00001");
        assertThat(dollars(spending, "team_spent_usd")).isEqualByComparingTo("0.00001");
    }

    @Test
    void nobodyWritesAReceiptOfHisOwn(PluginUnderTest plugin) {
        String receipt = receipt(plugin, REQUEST);
        assertThat(receipt).contains(" 16000:");
        assertThat(settle(plugin, receipt.replace(" 16000:", " 9000000:"), "0")).isEqualTo(NOT_SETTLED);
        assertThat(settle(plugin, receipt.substring(0, receipt.indexOf(':')), "0"))
                .isEqualTo(NOT_SETTLED);
        assertThat(settle(plugin, "anything", "0")).isEqualTo(NOT_SETTLED);
        assertThat(dollars(spending(plugin, "test-session", "test-session"), "session_spent_usd"))
                .isEqualByComparingTo("0.000016");
    }

    @Test
    void aRequestKeepsItsEstimateIfItEndsTooLate(PluginUnderTest plugin) {
        String inTime = receipt(plugin, REQUEST);
        String late = receipt(plugin, REQUEST);
        plugin.clock().advance(Duration.ofMinutes(15));
        assertThat(settle(plugin, inTime, "0")).isNotEqualTo(NOT_SETTLED);
        plugin.clock().advance(Duration.ofMinutes(15));
        assertThat(settle(plugin, late, "0")).isEqualTo(NOT_SETTLED);
        assertThat(dollars(spending(plugin, "test-session", "test-session"), "session_spent_usd"))
                .isEqualByComparingTo("0.000016");
    }

    @Test
    void aRequestOverMidnightIsSettledOnTheDayOnWhichItBegan(PluginUnderTest plugin) throws Exception {
        plugin.clock().set(Instant.parse("2031-05-06T23:59:59Z"));
        String receipt = receipt(plugin, REQUEST);
        plugin.clock().advance(Duration.ofSeconds(2));
        assertThat(settle(plugin, receipt, "0")).isNotEqualTo(NOT_SETTLED);
        assertThat(dollars(spending(plugin, "test-session", "test-session"), "session_spent_usd"))
                .isEqualByComparingTo("0");
        assertThat(admitted(plugin, Collections.nCopies(12, REQUEST))).isEqualTo(10);
    }

    @Test
    void aPromptThatIsNoChatIsPaidForToo(PluginUnderTest plugin) throws Exception {
        // 100 tokens at 1 and 51 at 3 for a million, of a budget of 0.00016.
        HookRequest completion = HookRequest.body(JsonObject.of("prompt", "word".repeat(100)));
        assertThat(plugin.decide(completion)).isInstanceOf(Decision.Block.class);
        HookRequest embedding = HookRequest.body(JsonObject.of("input", Collections.nCopies(10, "word".repeat(10))));
        assertThat(plugin.decide(embedding)).isInstanceOf(Decision.Block.class);
    }

    @Test
    void severalAnswersCostSeveralTimes(PluginUnderTest plugin) {
        JsonObject once = REQUEST.body();
        assertThat(cost(plugin, once)).isEqualByComparingTo("0.000016");
        assertThat(cost(plugin, once.with("n", 3))).isEqualByComparingTo("0.000034");
        assertThat(cost(plugin, once.with("n", 1).with("best_of", 3))).isEqualByComparingTo("0.000034");
        assertThat(plugin.decide(HookRequest.body(once.with("n", 1_000_000_000_000L))))
                .isInstanceOf(Decision.Block.class);
    }

    private static BigDecimal cost(PluginUnderTest plugin, JsonObject body) {
        HookOutcome outcome = plugin.runHook(HookRequest.body(body));
        return dollars(new JsonObject(outcome.metadata()), "_estimated_cost_usd");
    }

    @Test
    void aNewDayHasANewBudget(PluginUnderTest plugin) throws Exception {
        plugin.clock().advance(Duration.ofHours(23));
        assertThat(admitted(plugin, Collections.nCopies(12, REQUEST))).isEqualTo(10);
        plugin.clock().advance(Duration.ofHours(1));
        assertThat(plugin.decide(REQUEST)).isEqualTo(Decision.passthrough());
        plugin.clock().advance(Duration.ofDays(3));
        assertThat(plugin.state().keys("", 10)).containsExactly("receipts.key");
    }

    @Test
    void theOperatorsPricesAndTokenizerCount(PluginUnderTest plugin) {
        plugin.configure(
                Map.of("tokenizer", "o200k_base", "prices", Map.of("house-", Map.of("input", 1000000, "output", 0))));
        HookOutcome outcome = plugin.runHook(
                HookRequest.body(
                        "{\"model\": \"house-7b\", \"messages\": [{\"role\": \"user\", \"content\": \"tiktoken is great!\"}]}"));
        assertThat(outcome.decision()).isInstanceOf(Decision.Block.class);
        plugin.configure(
                Map.of("tokenizer", "o200k_base", "prices", Map.of("house-", Map.of("input", 0, "output", 0))));
        outcome = plugin.runHook(
                HookRequest.body(
                        "{\"model\": \"house-7b\", \"messages\": [{\"role\": \"user\", \"content\": \"tiktoken is great!\"}]}"));
        assertThat(outcome.metadata().get("_estimated_input_tokens")).isEqualTo(JsonNumber.of(4 + 6 + 2));
        assertThat(outcome.metadata().get("_estimated_cost_usd")).isEqualTo(JsonNumber.of(0));
    }

    @Test
    void warnsFromTheThresholdOn(PluginUnderTest plugin) {
        for (int i = 0; i < 7; i++) {
            assertThat(plugin.runHook(REQUEST).metadata()).doesNotContainKey("_budget_warning");
        }
        assertThat(plugin.runHook(REQUEST).metadata().get("_budget_warning"))
                .isEqualTo(new JsonString("Session at 80% of $0.00 budget"));
    }

    @Test
    void keysOfTheStateHoldNothingOfTheCaller(PluginUnderTest plugin) {
        plugin.decide(REQUEST.session("s".repeat(2000)).metadata("api_key", "team-alpha"));
        assertThat(plugin.state().keys("", 10))
                .hasSize(4)
                .allSatisfy(key -> assertThat(key).doesNotContain("team-alpha"));
    }

    @Test
    void refusesAPriceThatIsNone(PluginUnderTest plugin) {
        assertThat(plugin.refuseConfig(Map.of("prices", Map.of("gpt-4o", Map.of("input", -1, "output", 1))))
                        .message())
                .contains("prices");
    }

    private static long admitted(PluginUnderTest plugin, List<HookRequest> requests) throws Exception {
        long admitted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Decision>> calls = requests.stream()
                    .map(request -> (Callable<Decision>) () -> plugin.decide(request))
                    .toList();
            for (var decision : threads.invokeAll(calls)) {
                admitted += decision.get() instanceof Decision.Passthrough ? 1 : 0;
            }
        }
        return admitted;
    }

    private static String receipt(PluginUnderTest plugin, HookRequest request) {
        Map<String, JsonValue> metadata = plugin.runHook(request).metadata();
        assertThat(metadata).containsKey("_budget_receipt");
        return metadata.get("_budget_receipt") instanceof JsonString(String receipt) ? receipt : "";
    }

    private static JsonValue settle(PluginUnderTest plugin, String receipt, String dollars) {
        return plugin.call("settle", Map.of("receipt", receipt, "actual_usd", new BigDecimal(dollars)));
    }

    private static JsonObject spending(PluginUnderTest plugin, String session, String team) {
        return (JsonObject) plugin.call("spending", Map.of("session", session, "team", team));
    }

    private static BigDecimal dollars(JsonObject spending, String key) {
        return ((JsonNumber) spending.get(key).orElseThrow()).value();
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
