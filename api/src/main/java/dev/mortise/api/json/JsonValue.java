package dev.mortise.api.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON value. Immutable; {@code toString} writes JSON text. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /**
     * Turns plain Java values into JSON: null, text, booleans, numbers, enums (their names), lists and maps with text
     * as keys, nested; a {@code JsonValue} stays what it is.
     *
     * @throws IllegalArgumentException for any other type
     */
    static JsonValue of(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.NULL;
            case JsonValue json -> json;
            case CharSequence text -> new JsonString(text.toString());
            case Boolean flag -> JsonBoolean.of(flag);
            case BigDecimal number -> new JsonNumber(number);
            case Number number -> new JsonNumber(new BigDecimal(number.toString()));
            case Enum<?> constant -> new JsonString(constant.name());
            case Iterable<?> elements -> {
                List<JsonValue> values = new ArrayList<>();
                for (Object element : elements) {
                    values.add(of(element));
                }
                yield new JsonArray(values);
            }
            case Map<?, ?> map -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                map.forEach((key, member) -> members.put(String.valueOf(key), of(member)));
                yield new JsonObject(members);
            }
            default ->
                throw new IllegalArgumentException(
                        "cannot make JSON of a " + value.getClass().getName());
        };
    }
}
