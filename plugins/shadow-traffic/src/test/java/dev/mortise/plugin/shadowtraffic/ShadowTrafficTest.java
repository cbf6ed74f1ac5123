package dev.mortise.plugin.shadowtraffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.plugin.shadowtraffic.llm.Llm;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(
        value = ShadowTraffic.class,
        alongside = Llm.class,
        config = "{\"shadow_model\": \"new-model\", \"sample_rate\": 1, \"max_comparisons\": 3}")
class ShadowTrafficTest {

    private static final HookRequest REQUEST = HookRequest.body(JsonObject.of("model", "old-model")
                    .with("stream", true)
                    .with("temperature", 0.5)
                    .with("messages", List.of(JsonObject.of("role", "user").with("content", "What is a mortise?"))))
            .response(JsonObject.of("choices", List.of(Map.of("message", Map.of("content", "user content"))))
                    .with("usage", Map.of("completion_tokens", 2)))
            .metadata("duration", 1.25);

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("shadow_traffic", ShadowTraffic.class, 3).tests();
    }

    @Test
    void sendsTheSamePromptToTheShadowModelAndKeepsTheComparison(PluginUnderTest plugin) {
        assertThat(plugin.decide(REQUEST)).isEqualTo(Decision.passthrough());
        JsonObject comparison = (JsonObject) comparisons(plugin).get(0);
        assertThat(comparison.text("shadow_response"))
                .contains("new-model [{\"role\":\"user\",\"content\":\"What is a mortise?\"}] 0.5 any provider");
        assertThat(comparison.without("shadow_response").without("trace_id"))
                .isEqualTo(JsonObject.of("sequence", 1)
                        .with("time", "2026-01-01T00:00:00Z")
                        .with("session_id", "test-session")
                        .with("original_model", "old-model")
                        .with("shadow_model", "new-model")
                        .with("original_latency_ms", 1250)
                        .with("shadow_latency_ms", 0)
                        .with("original_tokens", 2)
                        .with("shadow_tokens", 7)
                        .with("similarity", JsonNumber.of(0.154))
                        .with("prompt_preview", "What is a mortise?")
                        .with("original_response", "user content"));
    }

    @Test
    void whatAHookHasBlockedIsSentToNobody(PluginUnderTest plugin) {
        plugin.decide(REQUEST.metadata("_blocked", true).metadata("_error_status", 403));
        assertThat(comparisons(plugin).values()).isEmpty();
    }

    @Test
    void keepsTheNewestOnesAcrossASwap(PluginUnderTest plugin) {
        for (int i = 0; i < 4; i++) {
            plugin.decide(REQUEST);
        }
        plugin.reload();
        plugin.decide(REQUEST);
        assertThat(comparisons(plugin).values())
                .extracting(comparison ->
                        ((JsonObject) comparison).integer("sequence").orElseThrow())
                .containsExactly(5L, 4L, 3L);
        assertThat(plugin.state().keys("comparison.", 10)).hasSize(3);
    }

    @Test
    void forgetsWhatNoLongerHasAPlace(PluginUnderTest plugin) {
        for (int i = 0; i < 3; i++) {
            plugin.decide(REQUEST);
        }
        plugin.configure(Map.of("shadow_model", "new-model", "sample_rate", 1, "max_comparisons", 1));
        assertThat(comparisons(plugin).size()).isEqualTo(1);
    }

    @Test
    @PluginTest(
            value = ShadowTraffic.class,
            alongside = Llm.class,
            config = "{\"shadow_model\": \"away\", \"sample_rate\": 1}")
    void aModelThatDoesNotAnswerIsAResultToo(PluginUnderTest plugin) {
        assertThat(plugin.decide(REQUEST)).isEqualTo(Decision.passthrough());
        assertThat(((JsonObject) comparisons(plugin).get(0)).text("error")).contains("model_unavailable");
        assertThat(plugin.log()).containsExactly("warning: away did not answer: model_unavailable");
    }

    @Test
    @PluginTest(value = ShadowTraffic.class, config = "{\"shadow_model\": \"new-model\", \"sample_rate\": 1}")
    void aMissingFunctionIsAResultToo(PluginUnderTest plugin) {
        assertThat(plugin.decide(REQUEST)).isEqualTo(Decision.passthrough());
        assertThat(((JsonObject) comparisons(plugin).get(0)).text("error")).isPresent();
    }

    @Test
    @PluginTest(
            value = ShadowTraffic.class,
            alongside = Llm.class,
            config = "{\"shadow_model\": \"m\", \"sample_rate\": 1, \"store_responses\": false}")
    void keepsNoTextsIfSoConfigured(PluginUnderTest plugin) {
        plugin.decide(REQUEST);
        assertThat(((JsonObject) comparisons(plugin).get(0)).members())
                .containsKey("similarity")
                .doesNotContainKeys("prompt_preview", "original_response", "shadow_response");
    }

    @Test
    void keepsNoResponseIntoWhichPersonalDataWasPutBack(PluginUnderTest plugin) {
        plugin.decide(REQUEST.metadata("pii_masked", true));
        assertThat(((JsonObject) comparisons(plugin).get(0)).members())
                .containsKey("shadow_response")
                .doesNotContainKey("original_response");
    }

    @Test
    @PluginTest(
            value = ShadowTraffic.class,
            alongside = Llm.class,
            config = "{\"shadow_model\": \"m\", \"shadow_provider\": \"acme\", \"sample_rate\": 1}")
    void asksTheConfiguredProvider(PluginUnderTest plugin) {
        plugin.decide(REQUEST);
        assertThat(((JsonObject) comparisons(plugin).get(0)).text("shadow_response"))
                .hasValueSatisfying(said -> assertThat(said).endsWith("acme"));
    }

    @Test
    @PluginTest(
            value = ShadowTraffic.class,
            alongside = Llm.class,
            config = "{\"shadow_model\": \"m\", \"sample_rate\": 0}")
    void asksNobodyWithoutASample(PluginUnderTest plugin) {
        plugin.decide(REQUEST);
        assertThat(plugin.call("llm-openai.calls")).isEqualTo(JsonNumber.of(0));
    }

    private static JsonArray comparisons(PluginUnderTest plugin) {
        return (JsonArray) plugin.call("comparisons");
    }
}
