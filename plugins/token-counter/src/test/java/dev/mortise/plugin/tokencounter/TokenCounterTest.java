package dev.mortise.plugin.tokencounter;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Traces;
import dev.mortise.plugin.smartbudgetguard.SmartBudgetGuard;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest(value = TokenCounter.class, alongside = SmartBudgetGuard.class)
class TokenCounterTest {

    private static final HookRequest ESTIMATED = HookRequest.body("{\"model\": \"gpt-4o\"}")
            .metadata("_estimated_cost_usd", 0.001)
            .metadata("_budget_receipt", "an estimate's");

    private static final String USAGE = "{\"usage\": {\"prompt_tokens\": 100, \"completion_tokens\": 10}}";

    @Test
    void tellsTheBudgetGuardWhatARequestHasCost(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(ESTIMATED.response(USAGE));
        assertThat(outcome.metadata().get("_actual_cost_usd")).isEqualTo(json("0.00035"));
        assertThat(settlements(plugin)).containsExactly("ok");
    }

    @Test
    void aResponseFromTheCacheHasCostNothing(PluginUnderTest plugin) {
        plugin.runHook(ESTIMATED.metadata("_cache_status", "HIT").response(USAGE));
        assertThat(settlements(plugin)).containsExactly("ok");
        assertThat(plugin.call("totals")).isEqualTo(totals(0, 0, 0, "0"));
    }

    @Test
    void aResponseThatDoesNotSayKeepsTheEstimate(PluginUnderTest plugin) {
        plugin.runHook(ESTIMATED);
        plugin.runHook(ESTIMATED.response("{\"usage\": null}"));
        plugin.runHook(ESTIMATED.response("{\"usage\": {\"prompt_tokens\": -5}}"));
        plugin.runHook(ESTIMATED.response("{\"usage\": {\"prompt_tokens\": 1e18}}"));
        assertThat(settlements(plugin)).isEmpty();
        assertThat(plugin.call("totals")).isEqualTo(totals(0, 0, 0, "0"));
    }

    @Test
    void aResponseThatDoesNotSayCostsWhatItHoldsAtLeast(PluginUnderTest plugin) {
        String holds = "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"%s\"}}]}";
        plugin.runHook(ESTIMATED.response(holds.formatted("word".repeat(10))));
        assertThat(settlements(plugin)).as("less than the estimate").isEmpty();
        plugin.runHook(ESTIMATED.response(holds.formatted("word".repeat(1000))));
        assertThat(settlements(plugin)).containsExactly("ok");
        plugin.runHook(
                ESTIMATED.response("{\"choices\": [{\"message\": {\"tool_calls\": [{\"function\": {\"arguments\": \""
                        + "word".repeat(1000) + "\"}}]}}]}"));
        plugin.runHook(ESTIMATED.response("{\"choices\": [{\"text\": \"" + "word".repeat(1000) + "\"}]}"));
        assertThat(settlements(plugin)).hasSize(3);
        assertThat(plugin.call("totals")).isEqualTo(totals(0, 0, 0, "0"));
    }

    @Test
    void anAnswerOfAnyHookHasCostNothing(PluginUnderTest plugin) {
        plugin.runHook(ESTIMATED.metadata("_cache_hit", true).response(USAGE));
        assertThat(settlements(plugin)).containsExactly("ok");
        assertThat(plugin.call("totals")).isEqualTo(totals(0, 0, 0, "0"));
    }

    @Test
    void aRequestThatNoModelHasAnsweredHasCostNothing(PluginUnderTest plugin) {
        plugin.runHook(ESTIMATED.metadata("_error_status", 503));
        assertThat(settlements(plugin)).containsExactly("ok");
        plugin.runHook(ESTIMATED.metadata("_error_status", 503).response("{\"choices\": []}"));
        assertThat(settlements(plugin))
                .as("one that broke off keeps its estimate")
                .hasSize(1);
        assertThat(plugin.call("totals")).isEqualTo(totals(0, 0, 0, "0"));
    }

    @Test
    @PluginTest(TokenCounter.class)
    void countsAlsoWithoutABudgetGuard(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(ESTIMATED.response(USAGE));
        assertThat(outcome.metadata().get("_cost_delta_usd")).isEqualTo(json("-0.00065"));
        assertThat(plugin.log()).singleElement().asString().startsWith("warning: the budget keeps its estimate");
    }

    @Test
    void correctsNothingWhereNothingWasReserved(PluginUnderTest plugin) {
        plugin.runHook(HookRequest.body("{\"model\": \"gpt-4o\"}").response(USAGE));
        assertThat(settlements(plugin)).isEmpty();
        assertThat(plugin.call("totals")).isEqualTo(totals(1, 100, 10, "0.00035"));
    }

    @Test
    void totalsOutliveASwap(PluginUnderTest plugin) {
        plugin.runHook(ESTIMATED.response(USAGE));
        plugin.reload();
        plugin.runHook(ESTIMATED.response(USAGE));
        assertThat(plugin.call("totals")).isEqualTo(totals(2, 200, 20, "0.0007"));
    }

    private static List<String> settlements(PluginUnderTest plugin) {
        return plugin.host().traces().recent("smart-budget-guard", 10).stream()
                .filter(trace -> trace.contribution().equals("settle"))
                .map(Traces.Trace::outcome)
                .toList();
    }

    private static JsonValue totals(long requests, long input, long output, String cost) {
        return json("{\"requests_counted\": " + requests + ", \"total_input_tokens\": " + input
                + ", \"total_output_tokens\": " + output + ", \"total_cost_usd\": " + cost + "}");
    }
}
