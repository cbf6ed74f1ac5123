package dev.mortise.plugin.schemaenforcer;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
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

@PluginTest(value = SchemaEnforcer.class, config = "{\"action\": \"block\"}")
class SchemaEnforcerTest {

    private static final String AGE = "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\"}}}";

    /** The recorded plugin looked for the response in the request; this one looks where the response is. */
    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("schema_enforcer", SchemaEnforcer.class, 6)
                .adapting(recorded -> recorded.withResponse(recorded.body()).withBody(JsonObject.EMPTY))
                .tests();
    }

    @Test
    void takesTheSchemaAsAnObjectToo(PluginUnderTest plugin) {
        assertThat(plugin.decide(exchange("{\"age\": true}").metadata("_expected_schema", json(AGE))))
                .isEqualTo(Decision.block(
                        422,
                        "schema_validation_failed",
                        "LLM response failed schema validation: age.Expected type 'integer', got 'bool'"));
        assertThat(plugin.runHook(exchange("{\"age\": 3}").metadata("_expected_schema", json(AGE)))
                        .metadata())
                .containsEntry("_schema_valid", JsonBoolean.TRUE);
    }

    @Test
    void checksEveryChoice(PluginUnderTest plugin) {
        HookRequest request = exchange("{\"age\": 1}", "{\"age\": \"2\"}").metadata("_expected_schema", AGE);
        assertThat(plugin.decide(request)).isInstanceOf(Decision.Block.class);
    }

    @Test
    @PluginTest(SchemaEnforcer.class)
    void onlyWarnsByDefault(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(exchange("[]").metadata("_expected_schema", AGE));
        assertThat(outcome.decision()).isEqualTo(Decision.passthrough());
        assertThat(outcome.metadata())
                .containsEntry("_schema_errors", JsonValue.of(List.of("Expected type 'object', got 'list'")));
        assertThat(plugin.log()).containsExactly("warning: a response does not fit its schema: 1 errors");
    }

    @Test
    void saysWhyItDoesNotCheck(PluginUnderTest plugin) {
        String large = "{\"title\": \"" + "x".repeat(9000) + "\"}";
        assertThat(plugin.decide(exchange("[]").metadata("_expected_schema", large)))
                .isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(exchange("[]").metadata("_expected_schema", "{type: object}")))
                .isEqualTo(Decision.passthrough());
        assertThat(plugin.log())
                .containsExactly(
                        "warning: a response was not checked against its schema: the schema is larger than 8192 bytes",
                        "warning: a response was not checked against its schema: the schema is no JSON object");
    }

    @Test
    void holdsAStreamBackThatItMayHaveToRefuse(PluginUnderTest plugin) {
        HookRequest before = HookRequest.body("{}").ring("pre_flight");
        assertThat(plugin.runHook(before.metadata("_expected_schema", AGE)).metadata())
                .containsEntry("_hold_stream", JsonBoolean.TRUE);
        assertThat(plugin.runHook(before).metadata()).isEmpty();
    }

    private static HookRequest exchange(String... contents) {
        List<Map<String, Map<String, String>>> choices = Stream.of(contents)
                .map(content -> Map.of("message", Map.of("content", content)))
                .toList();
        return HookRequest.body("{}").ring("post_flight").response(JsonObject.of("choices", choices));
    }
}
