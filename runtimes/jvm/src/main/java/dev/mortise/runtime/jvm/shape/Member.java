package dev.mortise.runtime.jvm.shape;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a function or a component of a record.
 *
 * @param defaultValue null if there is none
 */
record Member(
        String name,
        Shape shape,
        String description,
        @Nullable JsonValue defaultValue,
        Constraints constraints) {

    /** @throws SignatureException if the annotation does not fit the shape */
    static Member of(String name, Shape shape, @Nullable Param param, Site site) throws SignatureException {
        if (param == null) {
            return new Member(name, shape, "", null, Constraints.NONE);
        }
        JsonValue defaultValue =
                param.defaultValue().equals(Param.NONE) ? null : parse(param.defaultValue(), shape, site);
        Constraints constraints = Constraints.of(param, Definitions.schemaOf(shape, site), site);
        Member member = new Member(name, shape, param.description(), defaultValue, constraints);
        if (defaultValue != null) {
            try {
                member.read(defaultValue, Place.STRICT.member(name));
            } catch (Mismatch e) {
                throw site.error("its default value does not fit: " + e.getMessage(), "correct the one or the other");
            }
        }
        return member;
    }

    private static JsonValue parse(String text, Shape shape, Site site) throws SignatureException {
        if (shape.isText()) {
            return new JsonString(text);
        }
        return switch (JsonCodec.STANDARD.parse(text)) {
            case Result.Ok<JsonValue>(JsonValue value) -> value;
            case Result.Refused<JsonValue>(Problem problem) ->
                throw site.error(
                        "its default value is not JSON: " + problem.message(), "write it as JSON, such as [1, 2]");
        };
    }

    boolean isRequired() {
        return defaultValue == null && !shape.isOptional();
    }

    JsonObject schema(Definitions definitions) {
        JsonObject schema = constraints.addTo(shape.schema(definitions));
        if (!description.isEmpty()) {
            schema = schema.with("description", description);
        }
        return defaultValue == null ? schema : schema.with("default", defaultValue);
    }

    /** @param json null if the member was left out */
    @Nullable
    Object read(@Nullable JsonValue json, Place at) throws Mismatch {
        JsonValue given = json != null ? json : defaultValue;
        if (given == null) {
            if (shape.isOptional()) {
                return shape.absent();
            }
            throw new Mismatch(at, "is missing");
        }
        constraints.check(given, at);
        return shape.read(given, at);
    }
}
