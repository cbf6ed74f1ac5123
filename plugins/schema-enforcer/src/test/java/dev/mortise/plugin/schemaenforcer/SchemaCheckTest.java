package dev.mortise.plugin.schemaenforcer;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"integer\"} | 1.0 | ",
                "{\"type\": \"integer\"} | 1.5 | Expected type 'integer', got 'float'",
                "{\"type\": [\"string\", \"null\"]} | null | ",
                "{\"type\": [\"string\", \"null\"]} | 1 | Expected type 'string' or 'null', got 'int'",
                "{\"type\": \"array\", \"items\": {\"type\": \"string\"}} | [\"a\", {}] | [1].Expected type 'string', got 'dict'",
                "{\"properties\": {\"a\": {\"items\": {\"type\": \"null\"}}}} | {\"a\": [1]} | a.[0].Expected type 'null', got 'int'",
                "{\"additionalProperties\": false, \"properties\": {\"a\": {}}} | {\"a\": 1, \"b\": 2} | Unexpected field: 'b'",
                "{\"additionalProperties\": {\"type\": \"string\"}} | {\"a\": 1} | a.Expected type 'string', got 'int'",
                "{\"enum\": [1, \"a\"]} | 1.0 | ",
                "{\"enum\": [1, \"a\"]} | \"b\" | Value is not in the enum",
                "{\"const\": {\"a\": 1}} | {\"a\": 2} | Value is not the constant",
                "{\"minLength\": 2} | \"\uD83D\uDE00\" | String too short (min 2)",
                "{\"maxLength\": 2} | \"abc\" | String too long (max 2)",
                "{\"minimum\": 0.1} | 0.05 | Value below minimum 0.1",
                "{\"maximum\": 5} | 1e400 | Value above maximum 5",
                "{\"exclusiveMinimum\": 5} | 5 | Value not above 5",
                "{\"exclusiveMaximum\": 5} | 5 | Value not below 5",
                "{\"minItems\": 1} | [] | Too few items (min 1)",
                "{\"maxItems\": 1} | [1, 2] | Too many items (max 1)",
                "{\"allOf\": [{\"minimum\": 1}, {\"maximum\": 2}]} | 3 | Value above maximum 2",
                "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]} | 3 | Value fits none of the alternatives",
                "{\"oneOf\": [{\"minimum\": 1}, {\"minimum\": 2}]} | 3 | Value fits 2 of the alternatives, not one",
                "{\"$ref\": \"#/$defs/a~1b\", \"$defs\": {\"a/b\": {\"type\": \"null\"}}} | 3 | Expected type 'null', got 'int'",
                "{\"$ref\": \"#/$defs/none\"} | 3 | The schema has no '#/$defs/none'",
                "{\"$ref\": \"https://example.com/schema\"} | 3 | The schema has no 'https://example.com/schema'",
                "{\"properties\": {\"a\": false}} | {\"a\": 1} | a.Nothing is allowed here",
                "{\"required\": 3, \"properties\": [], \"items\": null, \"minimum\": \"a\"} | {\"a\": 1} | "
            })
    void finds(String schema, String value, String error) {
        SchemaCheck check = new SchemaCheck((JsonObject) json(schema));
        assertThat(String.join("; ", check.errors(json(value)))).isEqualTo(error == null ? "" : error);
        assertThat(check.gaveUp()).isFalse();
    }

    @Test
    void followsARecursiveSchemaAsDeepAsTheValueGoes() {
        JsonObject tree = (JsonObject)
                json("{\"properties\": {\"child\": {\"$ref\": \"#\"}, \"leaf\": {\"type\": \"boolean\"}}}");
        assertThat(new SchemaCheck(tree).errors(json("{\"child\": {\"child\": {\"leaf\": 1}}}")))
                .containsExactly("child.child.leaf.Expected type 'boolean', got 'int'");
    }

    @Test
    void givesUpOnASchemaWithoutEnd() {
        SchemaCheck check = new SchemaCheck((JsonObject) json("{\"anyOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}]}"));
        check.errors(json("1"));
        assertThat(check.gaveUp()).isTrue();
    }

    @Test
    @Timeout(60)
    void givesUpOnAListThatEveryValueIsComparedWith() {
        JsonArray numbers = new JsonArray(
                IntStream.range(0, 20_000).<JsonValue>mapToObj(JsonNumber::of).toList());
        JsonArray values = new JsonArray(Collections.nCopies(200_000, JsonNumber.of(19_999)));
        SchemaCheck check = new SchemaCheck(JsonObject.of("items", JsonObject.of("enum", numbers)));
        assertThat(check.errors(values)).isEmpty();
        assertThat(check.gaveUp()).isTrue();

        JsonArray some = new JsonArray(numbers.values().subList(0, 250));
        check = new SchemaCheck(JsonObject.of("items", JsonObject.of("enum", some)));
        assertThat(check.errors(new JsonArray(Collections.nCopies(1_000, JsonNumber.of(249)))))
                .isEmpty();
        assertThat(check.gaveUp())
                .as("a list of countries, for a thousand places")
                .isFalse();
    }

    @Test
    void tellsOfTwentyErrorsAtMost() {
        SchemaCheck check = new SchemaCheck((JsonObject) json("{\"items\": {\"type\": \"string\"}}"));
        assertThat(check.errors(json("[" + "1,".repeat(50) + "1]"))).hasSize(20);
    }
}
