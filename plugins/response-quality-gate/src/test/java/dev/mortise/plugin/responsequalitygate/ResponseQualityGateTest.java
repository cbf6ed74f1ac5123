package dev.mortise.plugin.responsequalitygate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(ResponseQualityGate.class)
class ResponseQualityGateTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("response_quality_gate", ResponseQualityGate.class, 9)
                .tests();
    }

    @Test
    void believesTheProviderThatAResponseIsCutOff(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(response(Map.of(
                "message", Map.of("content", "A whole sentence that ends as it should."), "finish_reason", "length")));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata()).containsEntry("_quality_issues", JsonValue.of(List.of("truncated")));
    }

    @Test
    void aToolCallIsNoEmptyResponse(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(response(
                Map.of("message", Map.of("content", "", "tool_calls", List.of(Map.of("id", "call_1"))))));
        assertThat(outcome.metadata())
                .containsEntry("_quality_score", JsonNumber.of(1))
                .containsEntry("_quality_status", new JsonString("ok"));
    }

    @Test
    void knowsTheSentenceEndsOfOtherLanguages(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(response(
                Map.of("message", Map.of("content", "\u3053\u308c\u306f\u6587\u3067\u3059".repeat(12) + "\u3002"))));
        assertThat(outcome.metadata()).containsEntry("_quality_status", new JsonString("ok"));
    }

    @Test
    @PluginTest(value = ResponseQualityGate.class, config = "{\"refusal_threshold\": 3, \"min_length\": 5}")
    void keepsToTheConfiguredThresholds(PluginUnderTest plugin) {
        HookOutcome outcome =
                plugin.runHook(response(Map.of("message", Map.of("content", "As an AI, I cannot say. Sorry."))));
        assertThat(outcome.metadata()).containsEntry("_quality_status", new JsonString("ok"));
    }

    @Test
    void aMalformedResponseIsAnEmptyOne(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(HookRequest.body("{}").response("{\"choices\": [null, 3]}"));
        assertThat(outcome.metadata()).containsEntry("_quality_status", new JsonString("failed"));
    }

    private static HookRequest response(Map<String, Object> choice) {
        return HookRequest.body("{\"messages\": [{\"role\": \"user\", \"content\": \"Tell me about it, please\"}]}")
                .response(JsonObject.of("choices", List.of(choice)));
    }
}
