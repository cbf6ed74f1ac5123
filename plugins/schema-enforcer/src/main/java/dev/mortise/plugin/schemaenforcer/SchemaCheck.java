package dev.mortise.plugin.schemaenforcer;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Checks values against a JSON Schema, by the keywords that models' structured output knows: {@code type, enum, const,
 * required, properties, additionalProperties, items, minItems, maxItems, minLength, maxLength, minimum, maximum,
 * exclusiveMinimum, exclusiveMaximum, allOf, anyOf, oneOf} and {@code $ref} within the schema. Other keywords are
 * passed over. Errors tell where and what, but not the value. Not safe for use by several threads.
 */
final class SchemaCheck {

    private static final int MOST_ERRORS = 20;
    /** Schemas come from clients, and alternatives of alternatives multiply. */
    private static final int MOST_STEPS = 100_000;

    private static final int COMPARISONS_PER_STEP = 16;

    private static final int DEEPEST = 100;

    private final JsonObject root;
    private int steps;
    private boolean gaveUp;

    SchemaCheck(JsonObject root) {
        this.root = root;
    }

    /** Whether the schema asked for more steps than anybody should take; then the errors mean nothing. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** What is wrong with the value, as far as twenty errors tell. */
    List<String> errors(JsonValue value) {
        return errors(root, value, 0).stream().limit(MOST_ERRORS).toList();
    }

    private List<String> errors(JsonValue schema, JsonValue value, int depth) {
        if (giveUp(1) || depth > DEEPEST) {
            gaveUp = true;
            return List.of();
        }
        return switch (schema) {
            case JsonObject object -> errors(object, value, depth + 1);
            case JsonBoolean(boolean allowed) when !allowed -> List.of("Nothing is allowed here");
            default -> List.of();
        };
    }

    /** @param more steps that are about to be taken */
    private boolean giveUp(int more) {
        if (!gaveUp) {
            steps += more;
            gaveUp = steps > MOST_STEPS;
        }
        return gaveUp;
    }

    private List<String> errors(JsonObject schema, JsonValue value, int depth) {
        List<JsonValue> allowed = elements(schema, "enum");
        if (giveUp((allowed.size() + elements(schema, "required").size()) / COMPARISONS_PER_STEP)) {
            return List.of();
        }
        Optional<String> wrongType = schema.get("type").flatMap(type -> TypeName.mismatch(type, value));
        if (wrongType.isPresent()) {
            return List.of(wrongType.get());
        }
        List<String> errors = new ArrayList<>();
        schema.text("$ref")
                .ifPresent(reference -> LocalReference.resolve(root, reference)
                        .ifPresentOrElse(
                                target -> errors.addAll(errors(target, value, depth)),
                                () -> errors.add("The schema has no '" + Excerpt.of(reference) + "'")));
        if (schema.array("enum").isPresent() && !allowed.contains(value)) {
            errors.add("Value is not in the enum");
        }
        if (schema.get("const").filter(only -> !only.equals(value)).isPresent()) {
            errors.add("Value is not the constant");
        }
        switch (value) {
            case JsonObject object -> object(schema, object, depth, errors);
            case JsonArray array -> array(schema, array, depth, errors);
            case JsonString(String text) -> text(schema, text, errors);
            case JsonNumber number -> number(schema, number, errors);
            default -> {
                // The type says it all.
            }
        }
        combined(schema, value, depth, errors);
        return errors;
    }

    private void object(JsonObject schema, JsonObject value, int depth, List<String> errors) {
        for (JsonValue field : elements(schema, "required")) {
            if (field instanceof JsonString(String name) && !value.has(name)) {
                errors.add("Missing required field: '" + Excerpt.of(name) + "'");
            }
        }
        Map<String, JsonValue> properties =
                schema.object("properties").orElse(JsonObject.EMPTY).members();
        Optional<JsonValue> others = schema.get("additionalProperties");
        for (var member : value.members().entrySet()) {
            String name = Excerpt.of(member.getKey());
            JsonValue expected = properties.get(member.getKey());
            if (expected != null) {
                errors(expected, member.getValue(), depth).forEach(error -> errors.add(name + "." + error));
            } else if (others.filter(JsonBoolean.FALSE::equals).isPresent()) {
                errors.add("Unexpected field: '" + name + "'");
            } else if (others.isPresent()) {
                errors(others.get(), member.getValue(), depth).forEach(error -> errors.add(name + "." + error));
            }
        }
    }

    private void array(JsonObject schema, JsonArray value, int depth, List<String> errors) {
        bound(schema, "minItems", value.size(), (size, least) -> size < least, "Too few items (min ", errors);
        bound(schema, "maxItems", value.size(), (size, most) -> size > most, "Too many items (max ", errors);
        schema.get("items").ifPresent(items -> {
            for (int i = 0; i < value.size() && errors.size() < MOST_ERRORS; i++) {
                String place = "[" + i + "].";
                errors(items, value.get(i), depth).forEach(error -> errors.add(place + error));
            }
        });
    }

    private static void text(JsonObject schema, String value, List<String> errors) {
        int length = value.codePointCount(0, value.length());
        bound(schema, "minLength", length, (size, least) -> size < least, "String too short (min ", errors);
        bound(schema, "maxLength", length, (size, most) -> size > most, "String too long (max ", errors);
    }

    private static void bound(
            JsonObject schema,
            String keyword,
            int size,
            BiPredicate<Integer, Long> violates,
            String words,
            List<String> errors) {
        schema.integer(keyword).ifPresent(limit -> {
            if (violates.test(size, limit)) {
                errors.add(words + limit + ")");
            }
        });
    }

    private static void number(JsonObject schema, JsonNumber value, List<String> errors) {
        limit(schema, "minimum")
                .filter(least -> value.value().compareTo(least) < 0)
                .ifPresent(least -> errors.add("Value below minimum " + least));
        limit(schema, "maximum")
                .filter(most -> value.value().compareTo(most) > 0)
                .ifPresent(most -> errors.add("Value above maximum " + most));
        limit(schema, "exclusiveMinimum")
                .filter(least -> value.value().compareTo(least) <= 0)
                .ifPresent(least -> errors.add("Value not above " + least));
        limit(schema, "exclusiveMaximum")
                .filter(most -> value.value().compareTo(most) >= 0)
                .ifPresent(most -> errors.add("Value not below " + most));
    }

    private static Optional<BigDecimal> limit(JsonObject schema, String keyword) {
        return schema.get(keyword).filter(JsonNumber.class::isInstance).map(limit -> ((JsonNumber) limit).value());
    }

    private void combined(JsonObject schema, JsonValue value, int depth, List<String> errors) {
        elements(schema, "allOf").forEach(part -> errors.addAll(errors(part, value, depth)));
        if (schema.array("anyOf").isPresent() && fitting(schema, "anyOf", value, depth) == 0) {
            errors.add("Value fits none of the alternatives");
        }
        if (schema.array("oneOf").isPresent()) {
            long fitting = fitting(schema, "oneOf", value, depth);
            if (fitting != 1) {
                errors.add("Value fits " + fitting + " of the alternatives, not one");
            }
        }
    }

    private long fitting(JsonObject schema, String keyword, JsonValue value, int depth) {
        return elements(schema, keyword).stream()
                .filter(part -> errors(part, value, depth).isEmpty())
                .count();
    }

    private static List<JsonValue> elements(JsonObject schema, String keyword) {
        return schema.array(keyword).map(JsonArray::values).orElse(List.of());
    }
}
