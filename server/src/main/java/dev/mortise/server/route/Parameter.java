package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.util.List;
import java.util.function.Function;

/**
 * A parameter in the path, the query or a header.
 *
 * @param expected what a value looks like, to complete "must be …"
 * @param reader throws {@link IllegalArgumentException} for a value that will not do
 */
public record Parameter<T>(
        Place place,
        String name,
        String description,
        boolean required,
        JsonObject schema,
        String expected,
        Function<String, T> reader)
        implements Key<T> {

    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    public static <T> Parameter<T> inPath(
            String name, String description, JsonObject schema, String expected, Function<String, T> reader) {
        return new Parameter<>(Place.PATH, name, description, true, schema, expected, reader);
    }

    public static <T> Parameter<T> inQuery(
            String name, String description, JsonObject schema, String expected, Function<String, T> reader) {
        return new Parameter<>(Place.QUERY, name, description, false, schema, expected, reader);
    }

    public static Parameter<String> textInQuery(String name, String description) {
        return inQuery(name, description, JsonObject.of("type", "string"), "text", text -> text);
    }

    public static Parameter<Boolean> flagInQuery(String name, String description) {
        return inQuery(name, description, JsonObject.of("type", "boolean"), "true or false", Parameter::flag);
    }

    public static Parameter<Long> numberInQuery(String name, String description, long min, long max) {
        return inQuery(name, description, Schemas.integer(min, max), range(min, max), text -> number(text, min, max));
    }

    public static Parameter<Long> numberInHeader(String name, String description, long min, long max) {
        return new Parameter<>(
                Place.HEADER,
                name,
                description,
                false,
                Schemas.integer(min, max),
                range(min, max),
                text -> number(text, min, max));
    }

    public static Parameter<String> textInHeader(String name, String description) {
        return new Parameter<>(
                Place.HEADER, name, description, false, JsonObject.of("type", "string"), "text", text -> text);
    }

    /** One of the texts, to be given exactly. */
    public static Parameter<String> choiceInQuery(String name, String description, List<String> choices) {
        return inQuery(name, description, Schemas.choice(choices), "one of " + String.join(", ", choices), text -> {
            if (!choices.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        });
    }

    /** Reads a value as it was sent, percent-decoded. */
    public Result<T> read(String text) {
        try {
            return Result.ok(reader.apply(text));
        } catch (IllegalArgumentException e) {
            return Result.refused(Problem.of(
                            ProblemCode.INVALID_REQUEST,
                            "the " + where() + " " + name + " must be " + expected + ", not '" + Text.abbreviate(text)
                                    + "'")
                    .with("parameter", name));
        }
    }

    public Problem missing() {
        return Problem.of(ProblemCode.INVALID_REQUEST, "the " + where() + " " + name + " is missing")
                .with("parameter", name);
    }

    String where() {
        return switch (place) {
            case PATH -> "path's";
            case QUERY -> "query parameter";
            case HEADER -> "header";
        };
    }

    static long number(String text, long min, long max) {
        long value = Long.parseLong(text);
        // Long.parseLong takes a plus sign and leading zeros; a number here has one spelling.
        if (value < min || value > max || !Long.toString(value).equals(text)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String range(long min, long max) {
        return max == Long.MAX_VALUE
                ? "a whole number of at least " + min
                : "a whole number from " + min + " to " + max;
    }
}
