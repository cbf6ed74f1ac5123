package dev.mortise.testkit;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;

/** JSON in tests: from text, and from and to objects of the test. */
public final class Json {

    private Json() {}

    /** @throws IllegalArgumentException if it is not JSON */
    public static JsonValue json(String text) {
        return expect(text, JsonCodec.parse(text));
    }

    /** @throws IllegalArgumentException if it is not a JSON object */
    static JsonObject object(String text) {
        return expect(text, JsonCodec.parseObject(text));
    }

    /** @param source a record, a map or a {@code JsonObject} */
    static JsonObject from(Object source) {
        JsonValue json = source instanceof Record && !(source instanceof JsonValue)
                ? RecordBinding.write((Record) source)
                : JsonValue.of(source);
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException(
                "parameters, payloads and configurations are JSON objects: records or maps, not " + json);
    }

    private static <T> T expect(String text, Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Refused<T>(Problem problem) ->
                throw new IllegalArgumentException(problem.message() + ": " + text);
        };
    }
}
