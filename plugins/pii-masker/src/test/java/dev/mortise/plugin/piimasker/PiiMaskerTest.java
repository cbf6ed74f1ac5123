package dev.mortise.plugin.piimasker;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(PiiMasker.class)
class PiiMaskerTest {

    private static final JsonObject BODY = (JsonObject) json("""
            {
              "model": "gpt-4o",
              "user": "ada@example.org",
              "messages": [
                {"role": "system", "content": "Support of bob@example.org"},
                {"role": "user", "content": [
                  {"type": "text", "text": "I am ada@example.org, call +49 170 1234567"},
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,/+14155552671/"}}]},
                {"role": "assistant", "content": null, "tool_calls": [
                  {"id": "1", "function": {"name": "find", "arguments": "{\\"mail\\":\\"ada@example.org\\"}"}}]}
              ]
            }
            """);

    private static final JsonObject MASKED = (JsonObject) json("""
            {
              "model": "gpt-4o",
              "user": "[EMAIL_2]",
              "messages": [
                {"role": "system", "content": "Support of [EMAIL_1]"},
                {"role": "user", "content": [
                  {"type": "text", "text": "I am [EMAIL_2], call [PHONE_1]"},
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,/+14155552671/"}}]},
                {"role": "assistant", "content": null, "tool_calls": [
                  {"id": "1", "function": {"name": "find", "arguments": "{\\"mail\\":\\"[EMAIL_2]\\"}"}}]}
              ]
            }
            """);

    @Test
    void masksWhatTheModelReads(PluginUnderTest plugin) {
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.modify(MASKED));
    }

    @Test
    void putsTheValuesBackIntoTheResponse(PluginUnderTest plugin) {
        HookRequest after = after(plugin.runHook(before(BODY)), """
                {"id": "r", "choices": [{"message": {
                  "content": "Dear [EMAIL_2] [EMAIL_9] [[PHONE_1]], [x",
                  "tool_calls": [{"function": {"arguments": "{\\"to\\":\\"[EMAIL_1]\\"}"}}]}}]}
                """);
        assertThat(plugin.decide(after)).isEqualTo(Decision.modifyResponse((JsonObject) json("""
                {"id": "r", "choices": [{"message": {
                  "content": "Dear ada@example.org [EMAIL_9] [+49 170 1234567], [x",
                  "tool_calls": [{"function": {"arguments": "{\\"to\\":\\"bob@example.org\\"}"}}]}}]}
                """)));
    }

    @Test
    void personalDataIsNowhereElse(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(before(BODY));
        assertThat(outcome.metadata())
                .containsEntry("pii_masked", JsonBoolean.TRUE)
                .containsEntry("_hold_stream", JsonBoolean.TRUE)
                .containsEntry("_pii_counts", JsonObject.of("email", 2).with("phone", 1));
        assertThat(outcome.metadata().toString()).doesNotContain("example.org", "1234567");
        assertThat(plugin.state().keys("", 10)).isEmpty();
        assertThat(plugin.log()).isEmpty();
    }

    @Test
    void aPromptWithoutPersonalDataGoesOnAsItIs(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(before(JsonObject.of("messages", List.of(Map.of("content", "Hi!")))));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata()).isEmpty();
    }

    @Test
    void placeholdersInThePromptAreNotTakenForItsOwn(PluginUnderTest plugin) {
        JsonObject body = JsonObject.of("prompt", List.of("Is [EMAIL_7] ada@example.org?"));
        HookOutcome masked = plugin.runHook(before(body));
        assertThat(masked.decision())
                .isEqualTo(Decision.modify(JsonObject.of("prompt", List.of("Is [EMAIL_7] [EMAIL_8]?"))));
        assertThat(plugin.decide(after(masked, "{\"choices\": [{\"text\": \"[EMAIL_7] is [EMAIL_8]\"}]}")))
                .isEqualTo(Decision.modifyResponse(
                        (JsonObject) json("{\"choices\": [{\"text\": \"[EMAIL_7] is ada@example.org\"}]}")));
    }

    @Test
    void requestsOfOneTraceGetTheirOwnValues(PluginUnderTest plugin) {
        HookOutcome ada = plugin.runHook(before(JsonObject.of("prompt", "I am ada@example.org")));
        HookOutcome bob = plugin.runHook(before(JsonObject.of("prompt", "I am bob@example.org")));
        String answer = "{\"choices\": [{\"text\": \"Hello [EMAIL_1]\"}]}";
        assertThat(plugin.decide(after(ada, answer))).isEqualTo(Decision.modifyResponse((JsonObject)
                json("{\"choices\": [{\"text\": \"Hello ada@example.org\"}]}")));
        assertThat(plugin.decide(after(bob, answer))).isEqualTo(Decision.modifyResponse((JsonObject)
                json("{\"choices\": [{\"text\": \"Hello bob@example.org\"}]}")));
    }

    @Test
    void masksWhateverElseReachesTheModelsServer(PluginUnderTest plugin) {
        JsonObject body = (JsonObject) json("""
                {"messages": [{"role": "user", "content": ["I am ada@example.org"]}],
                 "prompt": "def f(", "suffix": "# ada@example.org",
                 "prediction": {"type": "content", "content": "Dear ada@example.org"},
                 "metadata": {"mail": "ada@example.org", "n": 1},
                 "safety_identifier": "ada@example.org", "prompt_cache_key": "ada@example.org"}
                """);
        assertThat(plugin.decide(before(body))).isEqualTo(Decision.modify((JsonObject) json("""
                {"messages": [{"role": "user", "content": ["I am [EMAIL_1]"]}],
                 "prompt": "def f(", "suffix": "# [EMAIL_1]",
                 "prediction": {"type": "content", "content": "Dear [EMAIL_1]"},
                 "metadata": {"mail": "[EMAIL_1]", "n": 1},
                 "safety_identifier": "[EMAIL_1]", "prompt_cache_key": "[EMAIL_1]"}
                """)));
    }

    @Test
    void forgetsOnceTheResponseHasCome(PluginUnderTest plugin) {
        HookOutcome masked = plugin.runHook(before(BODY));
        assertThat(plugin.decide(after(masked, "{\"choices\": [\"[EMAIL_1]\"]}")))
                .isInstanceOf(Decision.Modify.class);
        assertThat(plugin.decide(after(masked, "{\"choices\": [\"[EMAIL_1]\"]}")))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    void forgetsWhenNoResponseComes(PluginUnderTest plugin) {
        HookOutcome masked = plugin.runHook(before(BODY));
        plugin.clock().advance(Duration.ofMinutes(15));
        assertThat(plugin.decide(after(masked, "{\"choices\": [\"[EMAIL_1]\"]}")))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    @PluginTest(value = PiiMasker.class, config = "{\"unmask_response\": false, \"types\": [\"phone\"]}")
    void masksForGoodIfSoConfigured(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(before(JsonObject.of("prompt", "ada@example.org, +49 170 1234567")));
        assertThat(outcome.decision())
                .isEqualTo(Decision.modify(JsonObject.of("prompt", "ada@example.org, [PHONE_1]")));
        assertThat(outcome.metadata()).doesNotContainKey("_hold_stream");
        assertThat(plugin.decide(after(outcome, "{\"choices\": [\"[PHONE_1]\"]}")))
                .isEqualTo(Decision.passthrough());
    }

    private static HookRequest before(JsonObject body) {
        return HookRequest.body(body).ring("pre_flight");
    }

    /** The same request with an answer, and what was noted down about it before. */
    private static HookRequest after(HookOutcome masked, String response) {
        HookRequest after = HookRequest.body(MASKED).ring("post_flight").response(response);
        for (var note : masked.metadata().entrySet()) {
            after = after.metadata(note.getKey(), note.getValue());
        }
        return after;
    }
}
