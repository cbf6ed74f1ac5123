package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of Java's optional types: a value, null, or left out as a member.
 *
 * @param get the value within, or null
 */
record OptionalShape(Shape inner, Object empty, Function<Object, Object> of, Function<Object, @Nullable Object> get)
        implements Shape {

    static OptionalShape of(Shape inner) {
        return new OptionalShape(inner, Optional.empty(), Optional::of, value -> ((Optional<?>) value).orElse(null));
    }

    /** The shape of {@code OptionalInt} and its like; null for other types. */
    static @Nullable OptionalShape ofPrimitive(Class<?> type) {
        if (type == OptionalInt.class) {
            return of(int.class, OptionalInt.empty(), value -> OptionalInt.of((int) value), value -> {
                OptionalInt optional = (OptionalInt) value;
                return optional.isPresent() ? optional.getAsInt() : null;
            });
        }
        if (type == OptionalLong.class) {
            return of(long.class, OptionalLong.empty(), value -> OptionalLong.of((long) value), value -> {
                OptionalLong optional = (OptionalLong) value;
                return optional.isPresent() ? optional.getAsLong() : null;
            });
        }
        if (type == OptionalDouble.class) {
            return of(double.class, OptionalDouble.empty(), value -> OptionalDouble.of((double) value), value -> {
                OptionalDouble optional = (OptionalDouble) value;
                return optional.isPresent() ? optional.getAsDouble() : null;
            });
        }
        return null;
    }

    private static OptionalShape of(
            Class<?> primitive, Object empty, Function<Object, Object> of, Function<Object, @Nullable Object> get) {
        return new OptionalShape(Objects.requireNonNull(Scalars.of(primitive)), empty, of, get);
    }

    @Override
    public JsonObject schema(Definitions definitions) {
        return NullableShape.orNull(inner.schema(definitions));
    }

    @Override
    public Object read(JsonValue json, Place at) throws Mismatch {
        Object value = json == JsonNull.NULL ? null : inner.read(json, at);
        return value == null ? empty : of.apply(value);
    }

    @Override
    public JsonValue write(Object value) {
        return inner.toJson(get.apply(value));
    }

    @Override
    public boolean isOptional() {
        return true;
    }

    @Override
    public Object absent() {
        return empty;
    }

    @Override
    public boolean leavesOut(@Nullable Object value) {
        return value == null || get.apply(value) == null;
    }

    @Override
    public boolean isText() {
        return inner.isText();
    }
}
