package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.config.ConfigCheck;
import dev.mortise.host.config.ConfigError;
import dev.mortise.host.json.JsonPointer;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.SourceMap;
import dev.mortise.host.model.UiField;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code config} and {@code config_schema}, and checks that what the manifest says of both fits together. */
final class ConfigFields {

    private final JsonSchemas schemas;

    ConfigFields(JsonSchemas schemas) {
        this.schemas = schemas;
    }

    /** What the operator may still complete is no mistake; each value that the manifest gives must fit. */
    void check(Fields manifest, List<UiField> uiFields) {
        Optional<Field> config = manifest.get("config");
        Optional<Field> schemaField =
                manifest.get("config_schema").filter(field -> field.object().isPresent());
        Optional<JsonSchemaCheck> schema = schemaField.flatMap(this::compiled);
        JsonObject values = config.flatMap(Field::object).orElse(JsonObject.EMPTY);
        ConfigCheck check = new ConfigCheck(uiFields, schema, values);
        check.secrets().forEach(key -> {
            config.ifPresent(field -> refuseSecret(field, JsonPointer.member("", key)));
            schemaField.ifPresent(field -> refuseSecret(field, JsonPointer.member("/properties", key) + "/default"));
        });
        check.errors(values).stream()
                .filter(error -> !error.absence() && !error.key().isEmpty())
                .forEach(error -> config.ifPresent(field -> report(field, error)));
        schema.ifPresent(of -> checkDefaults(manifest, uiFields, of));
    }

    private static void refuseSecret(Field field, String pointer) {
        Field part = at(field, pointer);
        if (part.pointer().equals(field.pointer() + pointer) && isSet(part.value())) {
            part.error("must not be there: a secret in a manifest is none; the operator sets it");
        }
    }

    private static void report(Field config, ConfigError error) {
        at(config, error.pointer()).error(error.message());
    }

    /** The defaults of the form are held against the schema one by one, so that each mistake has its place. */
    private static void checkDefaults(Fields manifest, List<UiField> uiFields, JsonSchemaCheck schema) {
        Set<String> checked = uiFields.stream().map(UiField::key).collect(Collectors.toSet());
        for (Field item : itemsOf(manifest)) {
            JsonObject object = (JsonObject) item.value();
            String key = object.text("key").orElse("");
            Optional<JsonValue> value = object.get("default");
            if (!checked.contains(key) || value.isEmpty()) {
                continue;
            }
            schema.violations(JsonObject.of(key, value.get())).stream()
                    .filter(violation -> !violation.isAbsence())
                    .filter(violation -> JsonPointer.first(violation.pointer()).equals(key))
                    .forEach(violation ->
                            at(item, "/default").error("does not fit config_schema: " + violation.message()));
        }
    }

    private static List<Field> itemsOf(Fields manifest) {
        return manifest.get("ui_schema").filter(field -> field.value() instanceof JsonArray).stream()
                .flatMap(field -> field.elements(Integer.MAX_VALUE).stream())
                .filter(item -> item.value() instanceof JsonObject)
                .toList();
    }

    private Optional<JsonSchemaCheck> compiled(Field schema) {
        return switch (schemas.compile((JsonObject) schema.value())) {
            case Result.Ok<JsonSchemaCheck>(JsonSchemaCheck check) -> Optional.of(check);
            case Result.Refused<JsonSchemaCheck>(Problem problem) -> {
                problem.details()
                        .array("errors")
                        .orElse(JsonArray.EMPTY)
                        .values()
                        .forEach(error -> {
                            JsonObject mistake = (JsonObject) error;
                            at(schema, mistake.text("pointer").orElse(""))
                                    .error(mistake.text("message").orElse(""));
                        });
                yield Optional.empty();
            }
        };
    }

    /** The part of the field that the pointer leads to, or the last one on the way that is there. */
    private static Field at(Field field, String pointer) {
        if (pointer.isEmpty()) {
            return field;
        }
        String step = JsonPointer.first(pointer);
        int next = pointer.indexOf('/', 1);
        String rest = next < 0 ? "" : pointer.substring(next);
        Optional<SourceMap> below = field.source()
                .flatMap(map -> map.member(step).or(() -> index(step).flatMap(map::element)));
        Optional<JsonValue> value = switch (field.value()) {
            case JsonObject object -> object.get(step);
            case JsonArray array -> index(step).filter(i -> i < array.size()).map(array::get);
            default -> Optional.empty();
        };
        return value.map(part ->
                        at(new Field(part, JsonPointer.member(field.pointer(), step), below, field.errors()), rest))
                .orElse(field);
    }

    private static Optional<Integer> index(String step) {
        return step.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(step)) : Optional.empty();
    }

    private static boolean isSet(JsonValue value) {
        return !value.equals(JsonNull.NULL) && !value.equals(new JsonString(""));
    }
}
