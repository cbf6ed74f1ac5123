package dev.mortise.plugin.jsonhealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@PluginTest(JsonHealer.class)
class JsonHealerTest {

    private static final String ASKING = "{\"response_format\": {\"type\": \"json_object\"}}";

    @Test
    void repairsWhatIsAlmostJson(PluginUnderTest plugin) {
        HookOutcome outcome =
                plugin.runHook(exchange(ASKING, "```json\n{'name': 'Ada', \"tags\": [\"a\",], // note\n```"));
        assertThat(outcome.decision())
                .isEqualTo(Decision.modifyResponse(response("{\"name\":\"Ada\",\"tags\":[\"a\"]}")));
        assertThat(outcome.metadata())
                .containsEntry("json_healed", JsonBoolean.TRUE)
                .containsEntry(
                        "_json_repairs",
                        JsonValue.of(List.of("code_fence", "comment", "trailing_comma", "wrong_quotes", "unclosed")));
    }

    @Test
    void neverTouchesValidJson(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(exchange(ASKING, " { \"a\" : 1.50 ,\n\"b\": \"```\" }\n"));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata()).isEmpty();
    }

    @Test
    void leavesAloneWhatItCannotRepair(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(exchange(ASKING, "I would rather not."));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata()).containsEntry("json_healed", JsonBoolean.FALSE);
    }

    @Test
    void leavesAloneWhatNobodyAskedToBeJson(PluginUnderTest plugin) {
        assertThat(plugin.decide(exchange("{}", "{'a': 1}"))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(exchange("{\"response_format\": {\"type\": \"text\"}}", "{'a': 1}")))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    void repairsEachChoiceForItself(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(exchange(ASKING, "{\"a\": 1}", "{\"a\": 1", "no"));
        assertThat(outcome.decision()).isEqualTo(Decision.modifyResponse(response("{\"a\": 1}", "{\"a\":1}", "no")));
        assertThat(outcome.metadata()).containsEntry("json_healed", JsonBoolean.FALSE);
    }

    @Test
    void aToolCallHasNoContentToRepair(PluginUnderTest plugin) {
        HookRequest request = exchange(ASKING)
                .response("{\"choices\": [{\"message\": {\"content\": null, \"tool_calls\": []}}, null]}");
        assertThat(plugin.runHook(request).metadata()).isEmpty();
    }

    @Test
    void holdsAStreamOfJsonBack(PluginUnderTest plugin) {
        assertThat(plugin.runHook(HookRequest.body(ASKING).ring("pre_flight")).metadata())
                .containsEntry("_hold_stream", JsonBoolean.TRUE);
        assertThat(plugin.runHook(HookRequest.body("{}").ring("pre_flight")).metadata())
                .isEmpty();
    }

    @Test
    @PluginTest(value = JsonHealer.class, config = "{\"hold_streams\": false}")
    void lettingStreamsRunCanBeConfigured(PluginUnderTest plugin) {
        assertThat(plugin.runHook(HookRequest.body(ASKING).ring("pre_flight")).metadata())
                .isEmpty();
    }

    private static HookRequest exchange(String body, String... contents) {
        return HookRequest.body(body).ring("post_flight").response(response(contents));
    }

    private static JsonObject response(String... contents) {
        return JsonObject.of(
                "choices",
                Stream.of(contents)
                        .map(content -> Map.of("message", Map.of("role", "assistant", "content", content)))
                        .toList());
    }
}
