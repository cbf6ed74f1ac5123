package dev.mortise.runtime.process.sdk;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON that a host sends, which the host has checked. */
final class JsonText {

    private JsonText() {}

    /** @throws IllegalArgumentException if the text is not JSON */
    static JsonValue value(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonValue value = value(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("there is something after the JSON value");
            }
            return value;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new IllegalArgumentException("this is not JSON: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the text is not a JSON object */
    static JsonObject object(String text) {
        if (value(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("this is not a JSON object");
    }

    private static JsonValue value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case NULL -> {
                reader.nextNull();
                yield JsonNull.NULL;
            }
            case BOOLEAN -> JsonBoolean.of(reader.nextBoolean());
            case NUMBER -> new JsonNumber(new BigDecimal(reader.nextString()));
            case STRING -> new JsonString(reader.nextString());
            case BEGIN_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                reader.beginArray();
                while (reader.hasNext()) {
                    elements.add(value(reader));
                }
                reader.endArray();
                yield new JsonArray(elements);
            }
            case BEGIN_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                reader.beginObject();
                while (reader.hasNext()) {
                    members.put(reader.nextName(), value(reader));
                }
                reader.endObject();
                yield new JsonObject(members);
            }
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT -> throw new IllegalStateException("a value is missing");
        };
    }
}
