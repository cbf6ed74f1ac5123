package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** An enum: the names of its constants. */
final class EnumShape implements Shape {

    private final Map<String, Object> constants = new LinkedHashMap<>();

    EnumShape(Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    public JsonObject schema(Definitions definitions) {
        return JsonObject.of("type", "string").with("enum", names());
    }

    JsonArray names() {
        return new JsonArray(
                constants.keySet().stream().<JsonValue>map(JsonString::new).toList());
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        Object constant = json instanceof JsonString(String name) ? constants.get(name) : null;
        if (constant == null) {
            throw new Mismatch(
                    at,
                    "must be one of " + String.join(", ", constants.keySet()) + ", not "
                            + Text.abbreviate(json.toString()));
        }
        return constant;
    }

    @Override
    public JsonValue write(Object value) {
        return new JsonString(((Enum<?>) value).name());
    }

    @Override
    public boolean isText() {
        return true;
    }
}
