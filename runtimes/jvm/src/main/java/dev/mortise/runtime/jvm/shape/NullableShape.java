package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value or null; as a member it may be left out. */
record NullableShape(Shape inner) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        return orNull(inner.schema(definitions));
    }

    /** The schema, and null as well. */
    static JsonObject orNull(JsonObject schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        if (!(schema.get("type").orElse(JsonNull.NULL) instanceof JsonString type)) {
            return schema.array("type").isPresent()
                    ? schema
                    : JsonObject.of("anyOf", List.of(schema, JsonObject.of("type", "null")));
        }
        JsonObject result = schema.with("type", List.of(type, new JsonString("null")));
        JsonArray constants = schema.array("enum").orElse(JsonArray.EMPTY);
        if (constants.size() > 0) {
            List<JsonValue> more = new ArrayList<>(constants.values());
            more.add(JsonNull.NULL);
            return result.with("enum", more);
        }
        return result;
    }

    @Override
    public @Nullable Object read(JsonValue json, Place at) throws Mismatch {
        return json == JsonNull.NULL ? null : inner.read(json, at);
    }

    @Override
    public JsonValue write(Object value) {
        return inner.write(value);
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public boolean isText() {
        return inner.isText();
    }
}
