package dev.mortise.api.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A JSON object. Its members keep their order; equality ignores it. */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {

    public static final JsonObject EMPTY = new JsonObject(Map.of());

    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** An object of one member; {@link #with} adds more. */
    public static JsonObject of(String key, @Nullable Object value) {
        return EMPTY.with(key, value);
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    public Optional<JsonValue> get(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** The text at the key; empty if there is none or it is no text. */
    public Optional<String> text(String key) {
        return members.get(key) instanceof JsonString(String value) ? Optional.of(value) : Optional.empty();
    }

    /** The whole number at the key; empty if there is none or it does not fit. */
    public OptionalLong integer(String key) {
        return members.get(key) instanceof JsonNumber number ? number.asLong() : OptionalLong.empty();
    }

    public Optional<Boolean> bool(String key) {
        return members.get(key) instanceof JsonBoolean(boolean value) ? Optional.of(value) : Optional.empty();
    }

    public Optional<JsonObject> object(String key) {
        return members.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    public Optional<JsonArray> array(String key) {
        return members.get(key) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /** A copy in which the key has the value, converted as by {@link JsonValue#of}. */
    public JsonObject with(String key, @Nullable Object value) {
        Map<String, JsonValue> copy = new LinkedHashMap<>(members);
        copy.put(key, JsonValue.of(value));
        return new JsonObject(copy);
    }

    public JsonObject without(String key) {
        if (!members.containsKey(key)) {
            return this;
        }
        Map<String, JsonValue> copy = new LinkedHashMap<>(members);
        copy.remove(key);
        return new JsonObject(copy);
    }

    @Override
    public String toString() {
        return JsonText.of(this);
    }
}
