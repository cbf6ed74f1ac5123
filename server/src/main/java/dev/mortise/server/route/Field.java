package dev.mortise.server.route;

import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.util.List;
import java.util.function.Function;

/**
 * A member of a body.
 *
 * @param expected what a value looks like, to complete "must be …"
 * @param reader throws {@link IllegalArgumentException} for a value that will not do
 */
public record Field<T>(
        String name,
        String description,
        boolean required,
        JsonObject schema,
        String expected,
        Function<JsonValue, T> reader)
        implements Key<T> {

    public static Field<String> text(String name, String description) {
        return text(name, description, JsonObject.of("type", "string"), "text", text -> text);
    }

    public static <T> Field<T> text(
            String name, String description, JsonObject schema, String expected, Function<String, T> reader) {
        return new Field<>(name, description, false, schema, expected, value -> {
            if (value instanceof JsonString(String text)) {
                return reader.apply(text);
            }
            throw new IllegalArgumentException(expected);
        });
    }

    public static Field<Boolean> flag(String name, String description) {
        return new Field<>(name, description, false, JsonObject.of("type", "boolean"), "true or false", value -> {
            if (value instanceof JsonBoolean(boolean flag)) {
                return flag;
            }
            throw new IllegalArgumentException(name);
        });
    }

    public static Field<Long> number(String name, String description, long min) {
        String expected = "a whole number of at least " + min;
        return new Field<>(name, description, false, Schemas.integer(min, Long.MAX_VALUE), expected, value -> {
            if (value instanceof JsonNumber number) {
                return number.asLong().stream()
                        .boxed()
                        .filter(whole -> whole >= min)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(expected));
            }
            throw new IllegalArgumentException(expected);
        });
    }

    public static Field<Integer> integer(String name, String description) {
        JsonObject schema = Schemas.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        String expected = "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        return new Field<>(name, description, false, schema, expected, value -> {
            if (value instanceof JsonNumber number) {
                return number.asLong().stream()
                        .filter(whole -> whole == (int) whole)
                        .mapToObj(whole -> (int) whole)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(expected));
            }
            throw new IllegalArgumentException(expected);
        });
    }

    public static Field<JsonObject> object(String name, String description) {
        return new Field<>(name, description, false, JsonObject.of("type", "object"), "an object", value -> {
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new IllegalArgumentException(name);
        });
    }

    /** An object with members of its own. */
    public static Field<Arguments> nested(String name, String description, Shape shape) {
        return new Field<>(name, description, false, shape.schema(), "an object with " + shape.names(), value -> {
            if (value instanceof JsonObject object
                    && shape.read(object) instanceof Result.Ok<Arguments>(Arguments arguments)) {
                return arguments;
            }
            throw new IllegalArgumentException(name);
        });
    }

    public static Field<String> choice(String name, String description, List<String> choices) {
        return text(name, description, Schemas.choice(choices), "one of " + String.join(", ", choices), text -> {
            if (!choices.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** The same member, which must not be left out. */
    public Field<T> mandatory() {
        return new Field<>(name, description, true, schema, expected, reader);
    }

    /** The value is not repeated in a refusal: it may be long, and it may be a secret. */
    Result<T> read(JsonValue value) {
        try {
            return Result.ok(reader.apply(value));
        } catch (IllegalArgumentException e) {
            return Result.refused(
                    Problem.of(ProblemCode.INVALID_BODY, "the body's member " + name + " must be " + expected)
                            .with("member", name));
        }
    }

    Problem missing() {
        return Problem.of(ProblemCode.INVALID_BODY, "the body lacks the member " + name)
                .with("member", name);
    }
}
