package dev.mortise.cli.client;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text. */
public final class JsonInput {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonInput() {}

    /** @throws IllegalArgumentException saying where the text is not JSON */
    public static JsonValue parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("there is no JSON in it: it is empty");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the end of the JSON value");
            }
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /** @throws IllegalArgumentException if the text is not a JSON object */
    public static JsonObject parseObject(String text) {
        if (parse(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("a JSON object is needed, such as {\"name\":\"Ada\"}");
    }

    private static JsonValue value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return new JsonObject(members);
        }
        if (token == JsonToken.START_ARRAY) {
            List<JsonValue> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(parser));
            }
            return new JsonArray(values);
        }
        if (token.isNumeric()) {
            return new JsonNumber(parser.getDecimalValue());
        }
        if (token.isBoolean()) {
            return JsonBoolean.of(parser.getBooleanValue());
        }
        return token == JsonToken.VALUE_NULL ? JsonNull.NULL : new JsonString(parser.getString());
    }
}
