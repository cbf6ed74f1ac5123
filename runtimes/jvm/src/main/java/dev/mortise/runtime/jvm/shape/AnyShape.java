package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a type that is known only when it is there, as in a {@code Map<String, Object>}. */
record AnyShape(Shapes shapes) implements Shape {

    @Override
    public JsonObject schema(Definitions definitions) {
        return JsonObject.EMPTY;
    }

    @Override
    public @Nullable Object read(JsonValue json, Place at) {
        return plain(json);
    }

    private static @Nullable Object plain(JsonValue json) {
        return switch (json) {
            case JsonNull.NULL -> null;
            case JsonBoolean(boolean value) -> value;
            case JsonString(String value) -> value;
            // A number with a point stays one, as in 1.0.
            case JsonNumber number ->
                number.value().scale() <= 0 && number.asLong().isPresent()
                        ? (Object) number.asLong().getAsLong()
                        : number.value();
            case JsonArray array -> {
                List<@Nullable Object> values = new ArrayList<>();
                array.values().forEach(value -> values.add(plain(value)));
                yield Collections.unmodifiableList(values);
            }
            case JsonObject object -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                object.members().forEach((key, value) -> members.put(key, plain(value)));
                yield Collections.unmodifiableMap(members);
            }
        };
    }

    @Override
    public JsonValue write(Object value) {
        return switch (value) {
            case JsonValue json -> json;
            case Optional<?> optional -> toJson(optional.orElse(null));
            case Map<?, ?> map -> new MapShape(null, this).write(map);
            case Iterable<?> elements -> {
                List<JsonValue> values = new ArrayList<>();
                elements.forEach(element -> values.add(toJson(element)));
                yield new JsonArray(values);
            }
            case Enum<?> constant -> new JsonString(constant.name());
            default -> shapes.ofValue(value).write(value);
        };
    }
}
