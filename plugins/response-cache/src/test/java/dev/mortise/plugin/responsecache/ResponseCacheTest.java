package dev.mortise.plugin.responsecache;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PluginTest(ResponseCache.class)
class ResponseCacheTest {

    private static final JsonObject BODY = JsonObject.of("model", "gpt-4o")
            .with("temperature", 0)
            .with("messages", List.of(Map.of("role", "user", "content", "What is a mortise?")));

    private static final JsonObject ANSWER = answer("A hole that takes a tenon.", "stop");

    @Test
    void answersTheSecondRequest(PluginUnderTest plugin) {
        HookOutcome first = plugin.runHook(before(BODY));
        assertThat(first.decision()).isEqualTo(Decision.passthrough());
        assertThat(first.metadata()).containsEntry("_cache_status", new JsonString("MISS"));
        complete(plugin, before(BODY), ANSWER);

        HookOutcome second = plugin.runHook(before(BODY));
        assertThat(second.decision()).isEqualTo(Decision.respond(ANSWER));
        assertThat(second.metadata()).containsEntry("_cache_status", new JsonString("HIT"));
    }

    @Test
    void theOrderOfMembersAndTheWayOfDeliveryDoNotMatter(PluginUnderTest plugin) {
        complete(plugin, before(BODY), ANSWER);
        JsonObject same = JsonObject.of("stream", true)
                .with("messages", BODY.get("messages").orElseThrow())
                .with("stream_options", Map.of("include_usage", true))
                .with("temperature", json("0.0"))
                .with("model", "gpt-4o");
        assertThat(plugin.decide(before(same))).isEqualTo(Decision.respond(ANSWER));
    }

    @Test
    void whateverElseDiffersMatters(PluginUnderTest plugin) {
        complete(plugin, before(BODY), ANSWER);
        assertThat(plugin.decide(before(BODY.with("temperature", 1)))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(before(BODY.with("model", "gpt-4")))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(before(BODY.with("messages", List.of())))).isEqualTo(Decision.passthrough());
    }

    @Test
    void nobodyGetsWhatAnotherCallerWasTold(PluginUnderTest plugin) {
        HookRequest alice = before(BODY).metadata("api_key", "alice");
        complete(plugin, alice, ANSWER);
        assertThat(plugin.decide(alice.session("another"))).isEqualTo(Decision.respond(ANSWER));
        assertThat(plugin.decide(before(BODY).metadata("api_key", "bob"))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(before(BODY).session("alice"))).isEqualTo(Decision.passthrough());
    }

    @Test
    void providersMayHaveModelsOfTheSameName(PluginUnderTest plugin) {
        complete(plugin, before(BODY).metadata("_resolved_provider", "llm-one"), ANSWER);
        assertThat(plugin.decide(before(BODY).metadata("_resolved_provider", "llm-one")))
                .isEqualTo(Decision.respond(ANSWER));
        assertThat(plugin.decide(before(BODY).metadata("_resolved_provider", "llm-two")))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    void forgetsAfterTheTimeToLive(PluginUnderTest plugin) {
        complete(plugin, before(BODY), ANSWER);
        plugin.clock().advance(Duration.ofSeconds(3599));
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.respond(ANSWER));
        plugin.clock().advance(Duration.ofSeconds(1));
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.passthrough());
    }

    @Test
    void noStoreNeitherLooksUpNorKeeps(PluginUnderTest plugin) {
        HookRequest secret = before(BODY).metadata("_cache_control", "private, No-Store");
        complete(plugin, secret, ANSWER);
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.passthrough());
        complete(plugin, before(BODY), ANSWER);
        HookOutcome outcome = plugin.runHook(secret);
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata())
                .containsEntry("_cache_status", new JsonString("BYPASS"))
                .doesNotContainKey("_cache_key");
    }

    @Test
    void noCacheAsksForAFreshAnswerAndKeepsThat(PluginUnderTest plugin) {
        complete(plugin, before(BODY), ANSWER);
        HookRequest fresh = before(BODY).metadata("_cache_control", "no-cache");
        assertThat(plugin.decide(fresh)).isEqualTo(Decision.passthrough());
        JsonObject better = answer("A recess for a tenon.", "stop");
        complete(plugin, fresh, better);
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.respond(better));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"message\": \"overloaded\"}}",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"content\": \"cut o\"}, \"finish_reason\": \"length\"}]}",
                "{\"choices\": [{\"message\": {\"content\": \"\"}, \"finish_reason\": \"content_filter\"}]}",
                "{\"choices\": [{\"message\": {\"content\": \"half a str\"}, \"finish_reason\": null}]}",
                "{\"object\": \"chat.completion.chunk\", \"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}"
            })
    void keepsNoErrorsAndNoParts(String response, PluginUnderTest plugin) {
        complete(plugin, before(BODY), (JsonObject) json(response));
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.passthrough());
    }

    @Test
    void keepsNothingInWhichAnotherPluginFoundAFault(PluginUnderTest plugin) {
        complete(plugin, before(BODY).metadata("_quality_score", 0.5), ANSWER);
        complete(plugin, before(BODY).metadata("_canary_leak", true), ANSWER);
        complete(plugin, before(BODY).metadata("_schema_errors", List.of("Missing required field: 'a'")), ANSWER);
        complete(plugin, before(BODY).metadata("json_healed", false), ANSWER);
        complete(plugin, before(BODY).metadata("_response_truncated", true), ANSWER);
        complete(plugin, before(BODY).metadata("_client_gone", true), ANSWER);
        complete(plugin, before(BODY).metadata("_error_status", 502), ANSWER);
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.passthrough());
    }

    @Test
    void maskedPromptsMayMeanDifferentPeople(PluginUnderTest plugin) {
        HookRequest masked = before(BODY).metadata("pii_masked", true);
        complete(plugin, masked, ANSWER);
        complete(plugin, before(BODY), ANSWER);
        assertThat(plugin.decide(masked)).isEqualTo(Decision.passthrough());
    }

    @Test
    @PluginTest(value = ResponseCache.class, config = "{\"max_entries\": 2, \"max_entry_kb\": 1}")
    void keepsNoMoreThanConfigured(PluginUnderTest plugin) {
        for (String model : List.of("a", "b")) {
            complete(plugin, before(BODY.with("model", model)), ANSWER);
        }
        plugin.decide(before(BODY.with("model", "a")));
        complete(plugin, before(BODY.with("model", "c")), ANSWER);
        assertThat(plugin.decide(before(BODY.with("model", "a")))).isEqualTo(Decision.respond(ANSWER));
        assertThat(plugin.decide(before(BODY.with("model", "b")))).isEqualTo(Decision.passthrough());
        complete(plugin, before(BODY.with("model", "large")), answer("x".repeat(1100), "stop"));
        assertThat(plugin.decide(before(BODY.with("model", "large")))).isEqualTo(Decision.passthrough());
    }

    @Test
    void tellsHowItDoesAndForgetsOnRequest(PluginUnderTest plugin) {
        complete(plugin, before(BODY), ANSWER);
        plugin.decide(before(BODY));
        assertThat(plugin.call("cache_stats"))
                .isEqualTo(JsonObject.of("entries", 1)
                        .with("size", ANSWER.toString().length())
                        .with("hits", 1)
                        .with("misses", 1));
        assertThat(plugin.call("clear_cache")).isEqualTo(JsonObject.of("entries", 1));
        assertThat(plugin.decide(before(BODY))).isEqualTo(Decision.passthrough());
    }

    @Test
    void whatHasNoPromptIsNoneOfItsBusiness(PluginUnderTest plugin) {
        assertThat(plugin.runHook(before(JsonObject.of("model", "a"))).metadata())
                .isEmpty();
    }

    private static HookRequest before(JsonObject body) {
        return HookRequest.body(body).ring("pre_flight");
    }

    /** Lets the request go its way: what is noted down before the call is there after it. */
    private static void complete(PluginUnderTest plugin, HookRequest request, JsonObject response) {
        HookRequest after = request.ring("post_flight").response(response);
        for (var note : plugin.runHook(request).metadata().entrySet()) {
            after = after.metadata(note.getKey(), note.getValue());
        }
        assertThat(plugin.decide(after)).isEqualTo(Decision.passthrough());
    }

    private static JsonObject answer(String text, String reason) {
        return JsonObject.of("choices", List.of(Map.of("message", Map.of("content", text), "finish_reason", reason)));
    }
}
