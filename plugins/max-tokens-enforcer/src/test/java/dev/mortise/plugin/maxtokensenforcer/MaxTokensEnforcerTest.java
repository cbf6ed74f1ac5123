package dev.mortise.plugin.maxtokensenforcer;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(value = MaxTokensEnforcer.class, config = "{\"ceiling\": 100}")
class MaxTokensEnforcerTest {

    @Test
    void lowersBothNamesOfTheLimit(PluginUnderTest plugin) {
        assertThat(plugin.decide("{\"max_tokens\": 101, \"max_completion_tokens\": 5000}"))
                .isEqualTo(Decision.modify(object("{\"max_tokens\": 100, \"max_completion_tokens\": 100}")));
        assertThat(plugin.log())
                .contains("warning: lowered max_tokens to 100 (trace 0123456789abcdef0123456789abcdef)");
    }

    @Test
    void lowersNumbersInEverySpelling(PluginUnderTest plugin) {
        for (String spelling : List.of("1e300", "100.5", "\"5000\"", "\" +00101 \"", "\"" + "9".repeat(1000) + "\"")) {
            assertThat(plugin.decide("{\"max_tokens\": " + spelling + "}"))
                    .as(spelling)
                    .isEqualTo(Decision.modify(object("{\"max_tokens\": 100}")));
        }
    }

    @Test
    void aNegativeNumberWhichSomeServicesTakeForNoLimitIsNone(PluginUnderTest plugin) {
        for (String negative : List.of("-1", "-2", "-0.5", "\"-1\"", "\" -0001 \"")) {
            assertThat(plugin.decide("{\"max_tokens\": " + negative + "}"))
                    .as(negative)
                    .isEqualTo(Decision.modify(object("{\"max_tokens\": 100}")));
        }
    }

    @Test
    void leavesWhatIsNoNumberToTheService(PluginUnderTest plugin) {
        for (String other : List.of("\"many\"", "\"\"", "true", "[5000]", "\"-\"", "\"-0\"", "null", "\"0099\"")) {
            assertThat(plugin.decide("{\"max_tokens\": " + other + "}"))
                    .as(other)
                    .isEqualTo(Decision.passthrough());
        }
    }

    @Test
    @PluginTest(
            value = MaxTokensEnforcer.class,
            config = "{\"ceiling\": 100, \"inject_default\": true, \"log_clamp\": false}")
    void setsTheCeilingOnlyWhereNoLimitIsGiven(PluginUnderTest plugin) {
        assertThat(plugin.decide("{\"max_tokens\": null}")).isEqualTo(Decision.modify(object("{\"max_tokens\": 100}")));
        assertThat(plugin.decide("{\"max_completion_tokens\": 50}")).isEqualTo(Decision.passthrough());
        plugin.decide("{\"max_tokens\": 101}");
        assertThat(plugin.log()).isEmpty();
    }

    @Test
    void refusesACeilingThatIsNoWholeNumber(PluginUnderTest plugin) {
        assertThat(plugin.refuseConfig(Map.of("ceiling", 0)).message()).contains("ceiling");
        assertThat(plugin.refuseConfig(Map.of("ceiling", 10.5)).message()).contains("ceiling");
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
