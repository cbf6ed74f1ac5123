package dev.mortise.testkit;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.runtime.jvm.shape.Mismatch;
import dev.mortise.runtime.jvm.shape.Place;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;

/** JSON in tests: from text, and from and to records of the test, by the same rules as in plugins. */
public final class Json {

    private Json() {}

    /** @throws IllegalArgumentException if it is not JSON */
    public static JsonValue json(String text) {
        return expect(text, JsonCodec.STANDARD.parse(text));
    }

    /** @throws IllegalArgumentException if it is not a JSON object */
    static JsonObject object(String text) {
        return expect(text, JsonCodec.STANDARD.parseObject(text));
    }

    /** @param source a record, a map or a {@code JsonObject} */
    static JsonObject from(Object source) {
        if (new Shapes().write(source) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException(
                "parameters, payloads and configurations are JSON objects: records or maps, not " + source);
    }

    /** @throws AssertionError if the JSON is not that of the record */
    static <T extends Record> T bind(JsonValue json, Class<T> type) {
        try {
            Object bound = new Shapes().record(type, new Site(type.getName())).read(json, Place.STRICT);
            return type.cast(bound);
        } catch (SignatureException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (Mismatch e) {
            throw new AssertionError("no " + type.getSimpleName() + ": " + e.getMessage() + ", in " + json, e);
        }
    }

    private static <T> T expect(String text, Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Refused<T>(Problem problem) ->
                throw new IllegalArgumentException(problem.message() + ": " + text);
        };
    }
}
