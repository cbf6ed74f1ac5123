package dev.mortise.plugin.piimasker;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the values back where a response holds their placeholders. */
final class Unmasking {

    private static final int LONGEST_PLACEHOLDER = 32;

    private final Map<String, String> values;

    /** @param values by placeholder */
    Unmasking(Map<String, String> values) {
        this.values = values;
    }

    JsonValue of(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> new JsonString(of(text));
            case JsonArray array ->
                new JsonArray(array.values().stream().map(this::of).toList());
            case JsonObject object -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> members.put(key, of(member)));
                yield new JsonObject(members);
            }
            default -> value;
        };
    }

    private String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int opening = text.indexOf('[', at);
            if (opening < 0) {
                break;
            }
            int limit = Math.min(text.length(), opening + LONGEST_PLACEHOLDER);
            int closing = text.substring(opening, limit).indexOf(']');
            String value = closing < 0 ? null : values.get(text.substring(opening, opening + closing + 1));
            out.append(text, at, opening).append(value == null ? "[" : value);
            at = value == null ? opening + 1 : opening + closing + 1;
        }
        return out.append(text, at, text.length()).toString();
    }
}
