package dev.mortise.host.config;

import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonPointer;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.Violation;
import dev.mortise.host.model.Text;
import dev.mortise.host.model.UiField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plugin's ui_schema and config_schema allow in its configuration.
 *
 * <p>Keys that nobody declared are refused, unless there is no declaration at all or the config_schema itself lets
 * other keys in. Declared are the keys of the ui_schema, the properties of the config_schema, and the keys to which the
 * manifest gives values.
 */
public final class ConfigCheck {

    /** Keywords of a schema through which it can declare keys elsewhere than in its own properties. */
    private static final Set<String> OPENING =
            Set.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "patternProperties");

    private final List<UiField> fields;
    private final Optional<JsonSchemaCheck> schema;
    private final Set<String> declared;
    private final boolean open;
    private final Set<String> secrets;

    /** @param given the values that the manifest itself gives */
    public ConfigCheck(List<UiField> fields, Optional<JsonSchemaCheck> schema, JsonObject given) {
        this.fields = List.copyOf(fields);
        this.schema = schema;
        Map<String, JsonValue> properties = schema.flatMap(
                        check -> check.schema().object("properties"))
                .map(JsonObject::members)
                .orElse(Map.of());
        Set<String> keys = new LinkedHashSet<>();
        fields.forEach(field -> keys.add(field.key()));
        keys.addAll(properties.keySet());
        this.open = keys.isEmpty()
                || schema.map(check -> letsOthersIn(check.schema())).orElse(false);
        keys.addAll(given.members().keySet());
        this.declared = keys;
        this.secrets = secrets(fields, properties);
    }

    /** The keys whose values are never shown: {@code secret} in the ui_schema or {@code writeOnly} in the config_schema. */
    public Set<String> secrets() {
        return secrets;
    }

    /** Everything that is wrong with the values, in the order of the keys. */
    public List<ConfigError> errors(JsonObject values) {
        List<ConfigError> errors = new ArrayList<>();
        Set<String> wrong = new TreeSet<>();
        for (UiField field : fields) {
            values.get(field.key())
                    .flatMap(value -> UiFieldCheck.mistake(field, value))
                    .ifPresent(message -> {
                        wrong.add(field.key());
                        errors.add(new ConfigError(field.key(), pointer(field.key()), false, message));
                    });
        }
        values.members().keySet().stream()
                .filter(key -> !open && !declared.contains(key))
                .forEach(key -> {
                    wrong.add(key);
                    errors.add(unknown(key));
                });
        schema.map(check -> check.violations(values)).orElse(List.of()).stream()
                .map(this::error)
                // One word about a key is enough; the form's is the plainer one.
                .filter(error -> !wrong.contains(error.key()))
                .forEach(errors::add);
        return List.copyOf(errors);
    }

    private ConfigError unknown(String key) {
        String message = "is not a key of this configuration" + NearestName.hint(key, declared);
        return new ConfigError(Text.abbreviate(key), pointer(key), false, message);
    }

    private ConfigError error(Violation violation) {
        String key = JsonPointer.first(violation.pointer());
        // What the library says may hold the names inside a secret object.
        boolean hidden = secrets.contains(key) && !violation.isAbsence();
        return new ConfigError(
                key,
                hidden ? pointer(key) : violation.pointer(),
                violation.isAbsence(),
                hidden ? "does not fit the configuration's schema" : violation.message());
    }

    private static String pointer(String key) {
        return JsonPointer.member("", key);
    }

    private static boolean letsOthersIn(JsonObject schema) {
        Optional<JsonValue> additional = schema.get("additionalProperties");
        return OPENING.stream().anyMatch(schema::has)
                || additional.filter(value -> !value.equals(JsonBoolean.FALSE)).isPresent();
    }

    private static Set<String> secrets(List<UiField> fields, Map<String, JsonValue> properties) {
        Set<String> secrets = new TreeSet<>();
        fields.stream().filter(UiField::secret).map(UiField::key).forEach(secrets::add);
        properties.forEach((key, property) -> {
            if (property instanceof JsonObject object
                    && object.bool("writeOnly").orElse(false)) {
                secrets.add(key);
            }
        });
        return Set.copyOf(secrets);
    }
}
