package dev.mortise.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.JsonSchemas;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifest's JSON Schema says what the reader says, as far as a schema can. */
class ManifestSchemaTest {

    private static final JsonSchemaCheck CHECK =
            new JsonSchemas().compile(ManifestSchema.load()).orThrow();

    static Stream<String> accepted() {
        return ManifestCorpus.accepted();
    }

    static Stream<ManifestCorpus.Bad> structurallyBad() {
        return ManifestCorpus.refused().filter(ManifestCorpus.Bad::structural);
    }

    static Stream<ManifestCorpus.Bad> badInSense() {
        return ManifestCorpus.refused().filter(bad -> !bad.structural());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void fitsWhatTheReaderAccepts(String manifest) {
        assertThat(CHECK.violations(value(ManifestCorpus.json(manifest)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("structurallyBad")
    void doesNotFitWhatTheReaderRefusesForItsForm(ManifestCorpus.Bad bad) {
        assertThat(CHECK.violations(value(bad.json()))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("badInSense")
    void fitsWhatOnlyTheReaderCanRefuse(ManifestCorpus.Bad bad) {
        assertThat(CHECK.violations(value(bad.json()))).isEmpty();
    }

    @Test
    void knowsTheFieldsThatTheReaderKnows() {
        JsonObject properties = ManifestSchema.load().object("properties").orElseThrow();

        assertThat(properties.members().keySet()).containsExactlyElementsOf(ManifestFields.KNOWN);
    }

    @Test
    void reservesThePrefixesThatTheReaderReserves() {
        for (String prefix : new TreeSet<>(WebhookPrefix.RESERVED)) {
            assertThat(CHECK.violations(JsonObject.of("id", "my-plugin").with("webhook_prefix", prefix)))
                    .as(prefix)
                    .isNotEmpty();
        }
    }

    @Test
    void describesEachField() {
        JsonObject schema = ManifestSchema.load();
        JsonObject definitions = schema.object("$defs").orElseThrow();
        for (Map.Entry<String, JsonValue> property :
                schema.object("properties").orElseThrow().members().entrySet()) {
            JsonObject field = (JsonObject) property.getValue();
            String definition = field.text("$ref").orElse("#/$defs/").substring("#/$defs/".length());
            assertThat(field.has("description")
                            || definitions
                                    .object(definition)
                                    .map(named -> named.has("description"))
                                    .orElse(false))
                    .as(property.getKey())
                    .isTrue();
        }
    }

    private static JsonValue value(byte[] json) {
        return JsonCodec.STANDARD.parse(json).orThrow();
    }
}
