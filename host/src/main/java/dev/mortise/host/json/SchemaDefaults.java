package dev.mortise.host.json;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fills in the {@code default}s of a schema's {@code properties}, and of the properties of those that are objects
 * themselves. Only what stands there literally counts: references and conditions are not followed.
 */
public final class SchemaDefaults {

    private SchemaDefaults() {}

    /** Members that the value has stay as they are, null included; members that have no default stay absent. */
    public static JsonObject fill(JsonObject schema, JsonObject value) {
        Optional<JsonObject> properties = schema.object("properties");
        if (properties.isEmpty()) {
            return value;
        }
        Map<String, JsonValue> filled = new LinkedHashMap<>(value.members());
        properties.get().members().forEach((name, property) -> {
            if (property instanceof JsonObject of) {
                Optional.ofNullable(filled.get(name))
                        .or(() -> of.get("default"))
                        .ifPresent(member -> filled.put(name, inside(of, member)));
            }
        });
        return new JsonObject(filled);
    }

    private static JsonValue inside(JsonObject schema, JsonValue member) {
        return member instanceof JsonObject object ? fill(schema, object) : member;
    }
}
