package dev.mortise.host.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Result;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the API's values write about themselves is what they were, to this reader and to another one. */
class JsonRoundTripProperties {

    @Property(tries = 500)
    void whatAValueWritesIsReadAsTheSameValue(@ForAll("values") JsonValue value) {
        assertThat(JsonCodec.STANDARD.parse(value.toString())).isEqualTo(Result.ok(value));
        assertThat(JsonCodec.STANDARD.parse(value.toString().getBytes(UTF_8))).isEqualTo(Result.ok(value));
        assertThat(JsonCodec.STANDARD.parse(JsonCodec.STANDARD.pretty(value))).isEqualTo(Result.ok(value));
    }

    @Property(tries = 500)
    void equalValuesHaveEqualHashes(@ForAll("values") JsonValue value) {
        assertThat(JsonCodec.STANDARD.parse(value.toString()).orThrow()).hasSameHashCodeAs(value);
    }

    @Property(tries = 300)
    void aYamlReaderUnderstandsItToo(@ForAll("ordinaryValues") JsonValue value) {
        assertThat(new YamlCodec(JsonLimits.STANDARD)
                        .parseLocated(JsonCodec.STANDARD.bytes(value))
                        .orThrow()
                        .value())
                .isEqualTo(value);
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return nested(Arbitraries.strings().all().ofMaxLength(12), 3);
    }

    /** YAML knows neither the raw control characters from U+0080 nor unpaired surrogates. */
    @Provide
    Arbitrary<JsonValue> ordinaryValues() {
        return nested(ordinaryTexts(), 2);
    }

    private static Arbitrary<String> ordinaryTexts() {
        return Arbitraries.strings()
                .withChars("ab \n\t\"\\/#:-{}[],&*!|>'%@`é\u2028\uFFFD")
                .ofMaxLength(12);
    }

    private static Arbitrary<JsonValue> nested(Arbitrary<String> texts, int levels) {
        Arbitrary<BigDecimal> numbers = Arbitraries.oneOf(
                Arbitraries.bigDecimals().ofScale(12),
                Arbitraries.longs().map(BigDecimal::valueOf),
                Arbitraries.of("1E+400", "-2.5e-320", "0E-9", "100", "1.0", "-0.0")
                        .map(BigDecimal::new));
        Arbitrary<JsonValue> scalars = Arbitraries.oneOf(
                texts.<JsonValue>map(JsonString::new),
                numbers.<JsonValue>map(JsonNumber::new),
                Arbitraries.of(JsonBoolean.TRUE, JsonBoolean.FALSE, JsonNull.NULL));
        return levels == 0
                ? scalars
                : Arbitraries.oneOf(
                        scalars,
                        nested(texts, levels - 1).list().ofMaxSize(4).<JsonValue>map(JsonArray::new),
                        Arbitraries.maps(ordinaryTexts(), nested(texts, levels - 1))
                                .ofMaxSize(4)
                                .<JsonValue>map(JsonObject::new));
    }
}
