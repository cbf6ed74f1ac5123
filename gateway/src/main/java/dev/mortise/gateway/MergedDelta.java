package dev.mortise.gateway;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object that has come in pieces: texts are put one behind the other, elements of arrays that have an {@code index}
 * are merged by it, other elements are collected, and anything else is replaced.
 */
final class MergedDelta {

    /** Texts that are names, and come whole. */
    private static final Set<String> WHOLE = Set.of("role", "id", "type", "name");

    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final Map<String, MergedDelta> objects = new LinkedHashMap<>();
    private final Map<String, SortedMap<Long, MergedDelta>> numbered = new LinkedHashMap<>();
    private final Map<String, List<JsonValue>> lists = new LinkedHashMap<>();
    private final Map<String, JsonValue> others = new LinkedHashMap<>();

    void add(JsonObject piece) {
        piece.members().forEach(this::add);
    }

    private void add(String key, JsonValue value) {
        switch (value) {
            case JsonString(String text) -> {
                StringBuilder all = texts.computeIfAbsent(key, _ -> new StringBuilder());
                if (!WHOLE.contains(key) || all.isEmpty()) {
                    all.append(text);
                }
            }
            case JsonObject object ->
                objects.computeIfAbsent(key, _ -> new MergedDelta()).add(object);
            case JsonArray array -> array.values().forEach(element -> addElement(key, element));
            case JsonNull _ -> others.putIfAbsent(key, value);
            default -> others.put(key, value);
        }
    }

    private void addElement(String key, JsonValue element) {
        if (element instanceof JsonObject object && object.integer("index").isPresent()) {
            numbered.computeIfAbsent(key, _ -> new TreeMap<>())
                    .computeIfAbsent(object.integer("index").getAsLong(), _ -> new MergedDelta())
                    .add(object.without("index"));
        } else {
            lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(element);
        }
    }

    JsonObject toJson() {
        Map<String, JsonValue> members = new LinkedHashMap<>(others);
        texts.forEach((key, text) -> members.put(key, new JsonString(text.toString())));
        objects.forEach((key, object) -> members.put(key, object.toJson()));
        lists.forEach((key, list) -> members.put(key, new JsonArray(list)));
        numbered.forEach((key, list) -> members.put(
                key,
                new JsonArray(list.values().stream()
                        .<JsonValue>map(MergedDelta::toJson)
                        .toList())));
        return new JsonObject(members);
    }
}
