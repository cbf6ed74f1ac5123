package dev.mortise.plugin.responsecache;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The same text for equal values: members in the order of their names, numbers without zeros at the end. */
final class CanonicalJson {

    private CanonicalJson() {}

    static String of(JsonValue value) {
        return ordered(value).toString();
    }

    private static JsonValue ordered(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                new TreeMap<>(object.members()).forEach((key, member) -> members.put(key, ordered(member)));
                yield new JsonObject(members);
            }
            case JsonArray array ->
                new JsonArray(
                        array.values().stream().map(CanonicalJson::ordered).toList());
            case JsonNumber number -> new JsonNumber(number.value().stripTrailingZeros());
            default -> value;
        };
    }
}
