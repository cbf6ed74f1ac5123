package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The few JSON Schemas that declarations are made of. */
public final class Schemas {

    private Schemas() {}

    /** A schema among the components of the API's document. */
    public static JsonObject ref(String component) {
        return JsonObject.of("$ref", "#/components/schemas/" + component);
    }

    public static JsonObject integer(long min, long max) {
        JsonObject schema = JsonObject.of("type", "integer").with("minimum", min);
        return max == Long.MAX_VALUE ? schema.with("format", "int64") : schema.with("maximum", max);
    }

    public static JsonObject choice(List<String> choices) {
        return JsonObject.of("type", "string").with("enum", choices);
    }

    public static JsonObject pattern(String regex) {
        return JsonObject.of("type", "string").with("pattern", regex);
    }

    /** An object with one member, an array of a component. */
    public static JsonObject listOf(String member, String component) {
        return JsonObject.of("type", "object")
                .with("required", List.of(member))
                .with(
                        "properties",
                        Map.of(member, JsonObject.of("type", "array").with("items", ref(component))));
    }
}
