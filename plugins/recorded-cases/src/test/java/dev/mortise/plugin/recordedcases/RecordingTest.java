package dev.mortise.plugin.recordedcases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private static final Map<String, Integer> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry("ab_model_router", 35),
            Map.entry("agentic_loop_breaker", 26),
            Map.entry("canary_detector", 7),
            Map.entry("context_window_guard", 9),
            Map.entry("latency_sla_guard", 18),
            Map.entry("max_tokens_enforcer", 5),
            Map.entry("model_downgrader", 6),
            Map.entry("model_rate_limiter", 14),
            Map.entry("prompt_complexity_scorer", 7),
            Map.entry("response_quality_gate", 9),
            Map.entry("schema_enforcer", 6),
            Map.entry("shadow_traffic", 3),
            Map.entry("smart_budget_guard", 5),
            Map.entry("system_prompt_enforcer", 7),
            Map.entry("tenant_qos_router", 4),
            Map.entry("token_counter", 7),
            Map.entry("tool_guard", 5),
            Map.entry("topic_blocklist", 13)));

    @Test
    void holdsEveryCall() {
        Map<String, Integer> found = new TreeMap<>();
        CALLS.keySet().forEach(plugin -> found.put(plugin, Recording.of(plugin).size()));
        assertThat(found).isEqualTo(CALLS);
        assertThat(found.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(186);
    }

    @Test
    void readsWhatWentInAndWhatCameOut() {
        RecordedCase first = Recording.of("model_downgrader").getFirst();
        assertThat(first.ring()).isEqualTo("pre_flight");
        assertThat(first.time()).isEqualTo(Instant.ofEpochMilli(1795229343715L));
        assertThat(first.metadata()).isEqualTo(JsonObject.of("_prompt_complexity", 0.1));
        assertThat(first.expected().action()).isEqualTo("modify");
        assertThat(first.expected().body().text("model")).contains("gpt-3.5-turbo");
    }

    @Test
    void readsAResponseOutOfItsText() {
        RecordedCase first = Recording.of("canary_detector").getFirst();
        assertThat(first.response().orElseThrow().array("choices").orElseThrow().size())
                .isEqualTo(1);
    }
}
