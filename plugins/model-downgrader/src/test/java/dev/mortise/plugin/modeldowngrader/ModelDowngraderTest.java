package dev.mortise.plugin.modeldowngrader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(ModelDowngrader.class)
class ModelDowngraderTest {

    private static final HookRequest REQUEST = HookRequest.body("{\"model\": \"gpt-4o\", \"messages\": []}");

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("model_downgrader", ModelDowngrader.class, 6).tests();
    }

    @Test
    void knowsTheScoreByItsOtherName(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(REQUEST.metadata("_complexity_score", 0.25));
        assertThat(outcome.metadata())
                .containsEntry("_original_model", new JsonString("gpt-4o"))
                .containsEntry("_downgraded_to", new JsonString("gpt-4o-mini"))
                .containsEntry("_downgrade_reason", new JsonString("complexity=0.250<0.3"));
    }

    @Test
    void theThresholdItselfIsNotSimple(PluginUnderTest plugin) {
        assertThat(plugin.decide(REQUEST.metadata("_prompt_complexity", 0.3))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(REQUEST.metadata("_prompt_complexity", 0.299))).isInstanceOf(Decision.Modify.class);
    }

    @Test
    void aScoreThatIsNoNumberIsNone(PluginUnderTest plugin) {
        assertThat(plugin.decide(REQUEST.metadata("_prompt_complexity", "low"))).isEqualTo(Decision.passthrough());
    }

    @Test
    void refusesATableOfSomethingElse(PluginUnderTest plugin) {
        assertThat(plugin.refuseConfig(Map.of("downgrade_map", Map.of("gpt-4", 3)))
                        .message())
                .contains("downgrade_map");
    }
}
