package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map from text or an enum: an object, in its own order.
 *
 * @param keys the enum; null for text
 */
record MapShape(@Nullable EnumShape keys, Shape values) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        JsonObject schema = JsonObject.of("type", "object");
        if (keys != null) {
            schema = schema.with("propertyNames", JsonObject.of("enum", keys.names()));
        }
        JsonObject value = values.schema(definitions);
        return value.isEmpty() ? schema : schema.with("additionalProperties", value);
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        if (!(json instanceof JsonObject(Map<String, JsonValue> members))) {
            throw new Mismatch(at, "must be an object, not " + Text.abbreviate(json.toString()));
        }
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            Place place = at.member(member.getKey());
            Object key = keys == null ? member.getKey() : keys.read(new JsonString(member.getKey()), place);
            map.put(key, values.read(member.getValue(), place));
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public JsonValue write(Object value) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach((key, member) -> members.put(
                        key instanceof Enum<?> constant ? constant.name() : String.valueOf(key),
                        values.toJson(member)));
        return new JsonObject(members);
    }
}
