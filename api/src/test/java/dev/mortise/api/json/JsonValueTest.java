package dev.mortise.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    private enum Colour {
        RED
    }

    @Test
    void writesItselfAsCompactJson() {
        JsonObject object = JsonObject.of("text", "a")
                .with("list", List.of(1, true, List.of()))
                .with("object", Map.of("k", JsonNull.NULL))
                .with("nothing", null);

        assertThat(object)
                .hasToString("{\"text\":\"a\",\"list\":[1,true,[]],\"object\":{\"k\":null},\"nothing\":null}");
    }

    @Test
    void escapesWhatJsonCannotHold() {
        assertThat(new JsonString("\"\\/\b\f\n\r\t\u0000\u001f\u007fé\u2028\u2029\uD83D\uDE00"))
                .hasToString("\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u007fé\\u2028\\u2029\uD83D\uDE00\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'\uD800', '\"\\ud800\"'",
        "'\uDC00', '\"\\udc00\"'",
        "'a\uD800b', '\"a\\ud800b\"'",
        "'\uDC00\uD800', '\"\\udc00\\ud800\"'",
        "'\uD83D\uDE00\uDE00', '\"\uD83D\uDE00\\ude00\"'"
    })
    void writesUnpairedSurrogatesAsEscapes(String text, String json) {
        assertThat(new JsonString(text)).hasToString(json);
    }

    @Test
    void escapesKeysAsWell() {
        assertThat(JsonObject.of("a\"\n", 1)).hasToString("{\"a\\\"\\n\":1}");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "100, 1e2", "0, -0.0", "0, 0e50", "-1.50, -1.5"})
    void numbersAreEqualByValue(String one, String other) {
        JsonNumber first = new JsonNumber(new BigDecimal(one));
        JsonNumber second = new JsonNumber(new BigDecimal(other));

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
    }

    @Test
    void numbersKeepEveryDigit() {
        assertThat(JsonValue.of(new BigDecimal("1.10"))).hasToString("1.10");
        assertThat(JsonValue.of(new BigInteger("123456789012345678901234567890")))
                .hasToString("123456789012345678901234567890");
        assertThat(JsonValue.of(0.1)).hasToString("0.1");
        assertThat(JsonNumber.of(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void thereIsNoJsonForNumbersThatAreNone(double number) {
        assertThatThrownBy(() -> JsonNumber.of(number)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonValue.of(number)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNumberIsALongOnlyIfItFits() {
        assertThat(new JsonNumber(new BigDecimal("9223372036854775807")).asLong())
                .hasValue(Long.MAX_VALUE);
        assertThat(new JsonNumber(new BigDecimal("-9223372036854775808")).asLong())
                .hasValue(Long.MIN_VALUE);
        assertThat(new JsonNumber(new BigDecimal("9223372036854775808")).asLong())
                .isEmpty();
        assertThat(new JsonNumber(new BigDecimal("1e3")).asLong()).hasValue(1000);
        assertThat(new JsonNumber(new BigDecimal("1.5")).asLong()).isEmpty();
        assertThat(new JsonNumber(new BigDecimal("1e999999999")).asLong()).isEmpty();
        assertThat(new JsonNumber(new BigDecimal("1e-999999999")).asLong()).isEmpty();
    }

    @Test
    void objectsAreEqualInAnyOrderAndKeepTheirOwn() {
        JsonObject first = JsonObject.of("a", 1).with("b", 2);
        JsonObject second = JsonObject.of("b", 2).with("a", 1);

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first).hasToString("{\"a\":1,\"b\":2}");
        assertThat(second).hasToString("{\"b\":2,\"a\":1}");
        assertThat(first.with("a", 3)).hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void nothingChangesAValue() {
        Map<String, JsonValue> members = new LinkedHashMap<>(Map.of("a", JsonNull.NULL));
        List<JsonValue> elements = new ArrayList<>(List.of(JsonNull.NULL));
        JsonObject object = new JsonObject(members);
        JsonArray array = new JsonArray(elements);

        members.clear();
        elements.clear();

        assertThat(object.has("a")).isTrue();
        assertThat(array.size()).isEqualTo(1);
        assertThatThrownBy(() -> object.members().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> array.values().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(object.with("b", 1)).isNotEqualTo(object);
        assertThat(object.without("b")).isEqualTo(object);
        assertThat(object.without("a").isEmpty()).isTrue();
    }

    @Test
    void membersAreReadByTheirKind() {
        JsonObject object = JsonObject.of("text", "t")
                .with("number", 5)
                .with("flag", true)
                .with("list", List.of(1))
                .with("object", Map.of())
                .with("nothing", null);

        assertThat(object.text("text")).contains("t");
        assertThat(object.text("number")).isEmpty();
        assertThat(object.integer("number")).hasValue(5);
        assertThat(object.integer("text")).isEmpty();
        assertThat(object.bool("flag")).contains(true);
        assertThat(object.array("list")).contains(new JsonArray(List.of(JsonNumber.of(1))));
        assertThat(object.object("object")).contains(JsonObject.EMPTY);
        assertThat(object.get("nothing")).contains(JsonNull.NULL);
        assertThat(object.get("absent")).isEmpty();
    }

    @Test
    void plainJavaBecomesJson() {
        assertThat(JsonValue.of(Arrays.asList("a", (short) 1, 2L, 1.5f, Colour.RED, null, new StringBuilder("b"))))
                .hasToString("[\"a\",1,2,1.5,\"RED\",null,\"b\"]");
        assertThatThrownBy(() -> JsonValue.of(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
