package dev.mortise.testkit;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON in tests: from text, and from and to objects of the test. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(new ParamNames())
            .build();

    private Json() {}

    /** @throws IllegalArgumentException if it is not JSON */
    public static JsonValue json(String text) {
        try {
            return value(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + text + ": " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if it is not a JSON object */
    static JsonObject object(String text) {
        if (json(text) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object: " + text);
    }

    /** @param source a record, a map or a {@code JsonObject} */
    static JsonObject from(Object source) {
        JsonValue json = source instanceof Record && !(source instanceof JsonValue)
                ? value(MAPPER.valueToTree(source))
                : JsonValue.of(source);
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException(
                "parameters, payloads and configurations are JSON objects: records or maps, not " + json);
    }

    static <T> T bind(JsonValue value, Class<T> type) {
        return MAPPER.readValue(value.toString(), type);
    }

    private static JsonValue value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                node.properties().forEach(member -> members.put(member.getKey(), value(member.getValue())));
                yield new JsonObject(members);
            }
            case ARRAY -> new JsonArray(node.valueStream().map(Json::value).toList());
            case STRING -> new JsonString(node.stringValue());
            case NUMBER -> new JsonNumber(node.decimalValue());
            case BOOLEAN -> JsonBoolean.of(node.booleanValue());
            case NULL, MISSING -> JsonNull.NULL;
            case BINARY, POJO -> throw new IllegalArgumentException("no JSON value: " + node);
        };
    }
}
