package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The members that an object in a body may have; any other is an error, for it would be ignored silently.
 *
 * @param alternatives members of which there must be exactly one; empty if there is no such rule
 */
public record Shape(List<Field<?>> fields, List<Field<?>> alternatives) {

    public Shape {
        fields = List.copyOf(fields);
        alternatives = List.copyOf(alternatives);
    }

    public static Shape of(Field<?>... fields) {
        return new Shape(List.of(fields), List.of());
    }

    public Result<Arguments> read(JsonObject object) {
        for (String name : object.members().keySet()) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                return Result.refused(Problem.of(
                                ProblemCode.INVALID_BODY,
                                "the body has no member '" + Text.abbreviate(name) + "'; it takes " + names())
                        .with("member", Text.abbreviate(name)));
            }
        }
        Arguments.Collector values = new Arguments.Collector();
        for (Field<?> field : fields) {
            if (read(field, object.get(field.name()), values) instanceof Result.Refused<?>(Problem problem)) {
                return Result.refused(problem);
            }
        }
        long chosen =
                alternatives.stream().filter(one -> object.has(one.name())).count();
        return alternatives.isEmpty() || chosen == 1
                ? Result.ok(values.toArguments())
                : Result.refused(
                        Problem.of(ProblemCode.INVALID_BODY, "the body needs exactly one of " + names(alternatives)));
    }

    public JsonObject schema() {
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        for (Field<?> field : fields) {
            properties.put(field.name(), field.schema().with("description", field.description()));
        }
        JsonObject schema = JsonObject.of("type", "object")
                .with("properties", new JsonObject(properties))
                .with("additionalProperties", false);
        List<String> required =
                fields.stream().filter(Field::required).map(Field::name).toList();
        if (!required.isEmpty()) {
            schema = schema.with("required", required);
        }
        if (!alternatives.isEmpty()) {
            schema = schema.with(
                    "oneOf",
                    alternatives.stream()
                            .map(one -> JsonObject.of("required", List.of(one.name())))
                            .toList());
        }
        return schema;
    }

    /** Whether an object without members will do, and with it no body at all. */
    public boolean mayBeEmpty() {
        return alternatives.isEmpty() && fields.stream().noneMatch(Field::required);
    }

    String names() {
        return fields.isEmpty() ? "none" : names(fields);
    }

    private static String names(List<Field<?>> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }

    private static <T> Result<?> read(Field<T> field, Optional<JsonValue> value, Arguments.Collector values) {
        if (value.isPresent()) {
            return values.put(field, field.read(value.get()));
        }
        return field.required() ? Result.refused(field.missing()) : Result.ok(field);
    }
}
