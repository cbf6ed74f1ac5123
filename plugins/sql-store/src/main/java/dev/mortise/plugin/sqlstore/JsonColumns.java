package dev.mortise.plugin.sqlstore;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.operations.Flag.Variant;
import dev.mortise.plugin.jsontext.JsonReader;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is kept as JSON, because nobody looks for it: variants of flags, configurations of components. */
final class JsonColumns {

    private JsonColumns() {}

    static String variants(List<Variant> variants) {
        return new JsonArray(variants.stream()
                        .<JsonValue>map(variant -> JsonObject.of("key", variant.key())
                                .with("value", variant.value())
                                .with("weight", variant.weight()))
                        .toList())
                .toString();
    }

    static List<Variant> variants(String text) throws SQLException {
        return read(text, JsonArray.class).values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .map(variant -> new Variant(
                        variant.text("key").orElse(""), variant.text("value").orElse(""), (int)
                                variant.integer("weight").orElse(0)))
                .toList();
    }

    static String config(Map<String, String> config) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        new TreeMap<>(config).forEach((key, value) -> members.put(key, new JsonString(value)));
        return new JsonObject(members).toString();
    }

    static Map<String, String> config(String text) throws SQLException {
        Map<String, String> config = new LinkedHashMap<>();
        read(text, JsonObject.class).members().forEach((key, value) -> {
            if (value instanceof JsonString(String string)) {
                config.put(key, string);
            }
        });
        return config;
    }

    private static <T> T read(String text, Class<T> type) throws SQLException {
        Optional<JsonValue> value = JsonReader.read(text);
        return value.filter(type::isInstance)
                .map(type::cast)
                .orElseThrow(() -> new SQLException("a column that should hold JSON holds something else"));
    }
}
