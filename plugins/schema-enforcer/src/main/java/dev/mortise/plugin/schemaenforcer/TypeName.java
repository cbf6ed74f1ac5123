package dev.mortise.plugin.schemaenforcer;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types of JSON Schema, and what values are called in errors: by the words that clients of such gateways know. */
final class TypeName {

    private TypeName() {}

    /** @param type the schema's type, or a list of types of which one must fit */
    static Optional<String> mismatch(JsonValue type, JsonValue value) {
        List<String> expected = expected(type);
        if (expected.isEmpty() || expected.stream().anyMatch(name -> fits(name, value))) {
            return Optional.empty();
        }
        String types =
                expected.stream().map(name -> "'" + Excerpt.of(name) + "'").collect(Collectors.joining(" or "));
        return Optional.of("Expected type " + types + ", got '" + of(value) + "'");
    }

    private static List<String> expected(JsonValue type) {
        return switch (type) {
            case JsonString(String name) -> List.of(name);
            case JsonArray(List<JsonValue> names) ->
                names.stream()
                        .filter(JsonString.class::isInstance)
                        .map(name -> ((JsonString) name).value())
                        .toList();
            default -> List.of();
        };
    }

    private static boolean fits(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "number" -> value instanceof JsonNumber;
            case "integer" -> value instanceof JsonNumber number && isWhole(number);
            case "boolean" -> value instanceof JsonBoolean;
            case "null" -> value instanceof JsonNull;
            default -> true;
        };
    }

    private static String of(JsonValue value) {
        return switch (value) {
            case JsonObject _ -> "dict";
            case JsonArray _ -> "list";
            case JsonString _ -> "str";
            case JsonNumber number -> isWhole(number) ? "int" : "float";
            case JsonBoolean _ -> "bool";
            case JsonNull _ -> "NoneType";
        };
    }

    private static boolean isWhole(JsonNumber number) {
        return number.value().stripTrailingZeros().scale() <= 0;
    }
}
