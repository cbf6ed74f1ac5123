package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.Text;
import java.time.DateTimeException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value without parts.
 *
 * @param wanted for messages, such as {@code a whole number}
 * @param reader gives null, or throws an IllegalArgumentException, for JSON that does not fit
 */
record ScalarShape(
        JsonObject schema,
        String wanted,
        Function<JsonValue, @Nullable Object> reader,
        Function<Object, JsonValue> writer)
        implements Shape {

    /** A value that is text in JSON; {@code toString} must be the inverse of the parser. */
    static ScalarShape text(JsonObject more, String wanted, Function<String, @Nullable Object> parser) {
        JsonObject schema = JsonObject.of("type", "string");
        for (Map.Entry<String, JsonValue> keyword : more.members().entrySet()) {
            schema = schema.with(keyword.getKey(), keyword.getValue());
        }
        return new ScalarShape(
                schema,
                wanted,
                json -> json instanceof JsonString(String text) ? parser.apply(text) : null,
                value -> new JsonString(value.toString()));
    }

    @Override
    public JsonObject schema(Definitions definitions) {
        return schema;
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        try {
            Object value = reader.apply(json);
            if (value != null) {
                return value;
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // It does not fit; what is wanted says more than the parser's own message.
        }
        throw new Mismatch(at, "must be " + wanted + ", not " + Text.abbreviate(json.toString()));
    }

    @Override
    public JsonValue write(Object value) {
        return writer.apply(value);
    }

    @Override
    public boolean isText() {
        return schema.text("type").filter("string"::equals).isPresent();
    }
}
