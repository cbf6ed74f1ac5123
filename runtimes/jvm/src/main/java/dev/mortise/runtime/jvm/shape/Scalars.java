package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of the JDK and the API that have no parts in JSON. */
final class Scalars {

    /** More digits take noticeable time to convert. */
    private static final int MOST_DIGITS = 10_000;

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?";

    private static final Map<Class<?>, Shape> SHAPES = shapes();

    private Scalars() {}

    static @Nullable Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static Map<Class<?>, Shape> shapes() {
        Map<Class<?>, Shape> shapes = new HashMap<>();
        addNumbers(shapes);
        addTexts(shapes);
        addTimes(shapes);
        ScalarShape flag = new ScalarShape(
                JsonObject.of("type", "boolean"),
                "true or false",
                json -> json instanceof JsonBoolean(boolean value) ? value : null,
                JsonValue::of);
        shapes.put(boolean.class, flag);
        shapes.put(Boolean.class, flag);
        ScalarShape nothing = new ScalarShape(
                JsonObject.of("type", "null"),
                "null",
                json -> json == JsonNull.NULL ? json : null,
                value -> JsonNull.NULL);
        shapes.put(void.class, nothing);
        shapes.put(Void.class, nothing);
        shapes.put(JsonNull.class, nothing);
        shapes.put(JsonBoolean.class, json("boolean", "true or false", JsonBoolean.class));
        shapes.put(JsonNumber.class, json("number", "a number", JsonNumber.class));
        shapes.put(JsonString.class, json("string", "text", JsonString.class));
        shapes.put(JsonObject.class, json("object", "an object", JsonObject.class));
        shapes.put(JsonArray.class, json("array", "an array", JsonArray.class));
        shapes.put(
                JsonValue.class, new ScalarShape(JsonObject.EMPTY, "any value", json -> json, JsonValue.class::cast));
        return Map.copyOf(shapes);
    }

    private static ScalarShape json(String type, String wanted, Class<? extends JsonValue> kind) {
        return new ScalarShape(
                JsonObject.of("type", type),
                wanted,
                json -> kind.isInstance(json) ? json : null,
                JsonValue.class::cast);
    }

    private static void addNumbers(Map<Class<?>, Shape> shapes) {
        whole(shapes, byte.class, Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) (long) value);
        whole(shapes, short.class, Short.class, Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) (long) value);
        whole(shapes, int.class, Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) (long) value);
        whole(shapes, long.class, Long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        decimal(shapes, float.class, Float.class, number -> {
            float value = number.floatValue();
            return Float.isFinite(value) ? value : null;
        });
        decimal(shapes, double.class, Double.class, number -> {
            double value = number.doubleValue();
            return Double.isFinite(value) ? value : null;
        });
        decimal(shapes, BigDecimal.class, BigDecimal.class, number -> number);
        shapes.put(
                BigInteger.class,
                new ScalarShape(
                        JsonObject.of("type", "integer"),
                        "a whole number of at most " + MOST_DIGITS + " digits",
                        json -> json instanceof JsonNumber(BigDecimal value) ? integer(value) : null,
                        value -> new JsonNumber(new BigDecimal((BigInteger) value))));
    }

    private static void whole(
            Map<Class<?>, Shape> shapes,
            Class<?> primitive,
            Class<?> boxed,
            long min,
            long max,
            Function<Long, Object> narrow) {
        ScalarShape shape = new ScalarShape(
                JsonObject.of("type", "integer").with("minimum", min).with("maximum", max),
                "a whole number from " + min + " to " + max,
                json -> {
                    if (!(json instanceof JsonNumber number) || number.asLong().isEmpty()) {
                        return null;
                    }
                    long value = number.asLong().getAsLong();
                    return value < min || value > max ? null : narrow.apply(value);
                },
                value -> JsonNumber.of(((Number) value).longValue()));
        shapes.put(primitive, shape);
        shapes.put(boxed, shape);
    }

    private static void decimal(
            Map<Class<?>, Shape> shapes,
            Class<?> primitive,
            Class<?> boxed,
            Function<BigDecimal, @Nullable Object> narrow) {
        ScalarShape shape = new ScalarShape(
                JsonObject.of("type", "number"),
                "a number within the range of " + primitive.getSimpleName(),
                json -> json instanceof JsonNumber(BigDecimal value) ? narrow.apply(value) : null,
                Scalars::decimal);
        shapes.put(primitive, shape);
        shapes.put(boxed, shape);
    }

    private static JsonValue decimal(Object value) {
        return switch (value) {
            case Double number -> JsonNumber.of(number);
            case Float number when !Float.isFinite(number) -> JsonNumber.of(number.doubleValue());
            default -> JsonValue.of(value);
        };
    }

    private static @Nullable BigInteger integer(BigDecimal value) {
        boolean small = Math.abs((long) value.scale()) + value.precision() <= MOST_DIGITS;
        try {
            return small ? value.toBigIntegerExact() : null;
        } catch (ArithmeticException e) {
            // It has a fraction.
            return null;
        }
    }

    private static void addTexts(Map<Class<?>, Shape> shapes) {
        ScalarShape text = ScalarShape.text(JsonObject.EMPTY, "text", value -> value);
        shapes.put(String.class, text);
        shapes.put(CharSequence.class, text);
        // A length of one would allow characters that Java writes as two.
        ScalarShape character = ScalarShape.text(
                pattern("^[\\u0000-\\uFFFF]$"), "one character", value -> value.length() == 1 ? value.charAt(0) : null);
        shapes.put(char.class, character);
        shapes.put(Character.class, character);
        // Java's parser takes shortened forms too, and fills them up with zeros.
        shapes.put(
                UUID.class,
                ScalarShape.text(
                        format("uuid"), "a UUID", value -> value.length() == 36 ? UUID.fromString(value) : null));
        shapes.put(URI.class, ScalarShape.text(format("uri"), "an absolute URI", value -> {
            URI uri = URI.create(value);
            return uri.isAbsolute() ? uri : null;
        }));
        shapes.put(
                byte[].class,
                new ScalarShape(
                        JsonObject.of("type", "string").with("contentEncoding", "base64"),
                        "text in base64",
                        json -> json instanceof JsonString(String value)
                                ? Base64.getDecoder().decode(value)
                                : null,
                        value -> new JsonString(Base64.getEncoder().encodeToString((byte[]) value))));
    }

    private static void addTimes(Map<Class<?>, Shape> shapes) {
        String example = " such as ";
        shapes.put(
                Instant.class,
                ScalarShape.text(
                        format("date-time"),
                        "a date and time" + example + "2026-01-31T12:00:00Z",
                        value -> OffsetDateTime.parse(value).toInstant()));
        shapes.put(
                OffsetDateTime.class,
                ScalarShape.text(
                        format("date-time"),
                        "a date and time" + example + "2026-01-31T12:00:00+01:00",
                        OffsetDateTime::parse));
        shapes.put(
                ZonedDateTime.class,
                new ScalarShape(
                        JsonObject.of("type", "string").with("format", "date-time"),
                        "a date and time" + example + "2026-01-31T12:00:00+01:00",
                        json -> json instanceof JsonString(String value)
                                ? OffsetDateTime.parse(value).toZonedDateTime()
                                : null,
                        value -> new JsonString(
                                ((ZonedDateTime) value).toOffsetDateTime().toString())));
        shapes.put(
                LocalDate.class, ScalarShape.text(format("date"), "a date" + example + "2026-01-31", LocalDate::parse));
        // The formats time and date-time of JSON Schema want an offset, which these have not.
        shapes.put(
                LocalTime.class,
                ScalarShape.text(pattern("^" + TIME + "$"), "a time" + example + "12:00:00", LocalTime::parse));
        shapes.put(
                LocalDateTime.class,
                ScalarShape.text(
                        pattern("^" + DATE + "T" + TIME + "$"),
                        "a date and time" + example + "2026-01-31T12:00:00",
                        LocalDateTime::parse));
        shapes.put(
                Duration.class,
                ScalarShape.text(format("duration"), "a duration" + example + "PT1M30S", Duration::parse));
    }

    private static JsonObject format(String name) {
        return JsonObject.of("format", name);
    }

    private static JsonObject pattern(String expression) {
        return JsonObject.of("pattern", expression);
    }
}
