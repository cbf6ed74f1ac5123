package dev.mortise.cli.output;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads members of a host's answer for showing; what is absent, as a newer host may leave it, shows as nothing. */
public final class Fields {

    private Fields() {}

    /** The member that the names lead to as text, whatever scalar it is. */
    public static String text(JsonObject object, String... path) {
        JsonValue value = object;
        for (String name : path) {
            Optional<JsonValue> member = value instanceof JsonObject parent ? parent.get(name) : Optional.empty();
            if (member.isEmpty()) {
                return "";
            }
            value = member.get();
        }
        return text(value);
    }

    public static String text(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text;
            case JsonNull _ -> "";
            default -> value.toString();
        };
    }

    public static List<JsonObject> objects(JsonObject object, String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonValue value : values(object, name)) {
            if (value instanceof JsonObject element) {
                objects.add(element);
            }
        }
        return objects;
    }

    public static List<String> texts(JsonObject object, String name) {
        return values(object, name).stream().map(Fields::text).toList();
    }

    private static List<JsonValue> values(JsonObject object, String name) {
        return object.array(name).map(JsonArray::values).orElse(List.of());
    }
}
