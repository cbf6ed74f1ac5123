package dev.mortise.plugin.promptcomplexityscorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(PromptComplexityScorer.class)
class PromptComplexityScorerTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("prompt_complexity_scorer", PromptComplexityScorer.class, 7)
                .alsoNoting("_complexity_score")
                .tests();
    }

    @Test
    void notesTheScoreUnderBothNames(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(request("Explain step 1, then `x = 1`."));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata().get("_complexity_score"))
                .isEqualTo(outcome.metadata().get("_prompt_complexity"))
                .isInstanceOf(JsonNumber.class);
    }

    @Test
    void whatHasEverySignalIsComplex(PluginUnderTest plugin) {
        String text = "First explain, then write and optimize. ".repeat(200) + "```" + "x".repeat(9000) + "```";
        List<Map<String, String>> turns = IntStream.range(0, 10)
                .mapToObj(i -> Map.of("role", "user", "content", i == 9 ? text : "Go on"))
                .toList();
        HookOutcome outcome = plugin.runHook(HookRequest.body(JsonObject.of("messages", turns)));
        assertThat(outcome.metadata())
                .containsEntry("_prompt_complexity", JsonNumber.of(1))
                .containsEntry("_complexity_tier", new JsonString("complex"));
    }

    @Test
    void aRequestWithoutMessagesIsSimple(PluginUnderTest plugin) {
        assertThat(plugin.runHook(HookRequest.body("{\"messages\": \"none\"}")).metadata())
                .containsEntry("_prompt_complexity", JsonNumber.of(0))
                .containsEntry("_complexity_tier", new JsonString("simple"))
                .doesNotContainKey("_complexity_signals");
    }

    private static HookRequest request(String text) {
        return HookRequest.body(JsonObject.of("messages", List.of(Map.of("role", "user", "content", text))));
    }
}
