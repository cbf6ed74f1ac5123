package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** What the values of one Java type look like in JSON. Immutable once made; safe for use by several threads. */
public interface Shape {

    /** The JSON Schema, 2020-12, without the definitions that it refers to. */
    JsonObject schema(Definitions definitions);

    /**
     * Makes the Java value.
     *
     * @throws Mismatch if the JSON does not fit the schema
     */
    @Nullable
    Object read(JsonValue json, Place at) throws Mismatch;

    /**
     * Makes JSON of a value of the type.
     *
     * @throws IllegalArgumentException for a value that has no JSON, such as NaN
     */
    JsonValue write(Object value);

    /** As {@link #write}, and {@code null} as what it is in JSON. */
    default JsonValue toJson(@Nullable Object value) {
        return value == null ? JsonNull.NULL : write(value);
    }

    /** Whether a member of an object with this shape may be left out. */
    default boolean isOptional() {
        return false;
    }

    /** The Java value for a member that was left out; asked for only if that is allowed. */
    default @Nullable Object absent() {
        return null;
    }

    /** Whether a member with this value is left out when it is written. */
    default boolean leavesOut(@Nullable Object value) {
        return false;
    }

    /** Whether a default in an annotation is the text itself rather than JSON. */
    default boolean isText() {
        return false;
    }
}
