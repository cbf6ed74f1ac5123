package dev.mortise.server.openapi;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.server.route.Access;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One operation in the document. */
final class OperationObject {

    static final String SECURITY = "token";

    private static final List<String> ARCHIVES =
            List.of("application/zip", "application/java-archive", "application/gzip", "application/octet-stream");

    private OperationObject() {}

    static JsonObject of(Route route) {
        JsonObject operation = JsonObject.of("operationId", route.name())
                .with("tags", List.of(route.group()))
                .with("summary", route.summary());
        if (!route.parameters().isEmpty()) {
            operation = operation.with(
                    "parameters",
                    route.parameters().stream().map(OperationObject::parameter).toList());
        }
        Optional<JsonObject> body = body(route.payload());
        if (body.isPresent()) {
            operation = operation.with("requestBody", body.get());
        }
        return secured(route.access(), operation.with("responses", ResponsesObject.of(route)));
    }

    private static JsonObject secured(Access access, JsonObject operation) {
        return switch (access) {
            case Access.Open _, Access.Anybody _ -> operation.with("security", List.of());
            case Access.AtLeast(var role) ->
                operation
                        .with("security", List.of(JsonObject.of(SECURITY, List.of())))
                        .with("x-mortise-role", role.label());
        };
    }

    private static JsonObject parameter(Parameter<?> parameter) {
        return JsonObject.of("name", parameter.name())
                .with("in", parameter.place().name().toLowerCase(Locale.ROOT))
                .with("description", parameter.description())
                .with("required", parameter.required())
                .with("schema", parameter.schema());
    }

    private static Optional<JsonObject> body(Payload payload) {
        return switch (payload) {
            case Payload.None() -> Optional.empty();
            case Payload.Json(Shape shape) -> Optional.of(body(shape, Map.of(Reply.JSON, schema(shape.schema()))));
            case Payload.AnyObject(String description, JsonObject schema, var _) ->
                Optional.of(content(Map.of(Reply.JSON, schema(schema))).with("description", description));
            case Payload.PluginPackage(Shape shape) -> Optional.of(body(shape, packages(shape)));
            case Payload.Whole _ -> Optional.of(content(Map.of("*/*", JsonObject.EMPTY)));
        };
    }

    private static JsonObject body(Shape shape, Map<String, JsonObject> content) {
        return content(content).with("required", !shape.mayBeEmpty());
    }

    private static Map<String, JsonObject> packages(Shape shape) {
        Map<String, JsonObject> content = new LinkedHashMap<>();
        content.put(Reply.JSON, schema(shape.schema()));
        ARCHIVES.forEach(type -> content.put(type, JsonObject.EMPTY));
        return content;
    }

    private static JsonObject content(Map<String, JsonObject> content) {
        return JsonObject.of("content", JsonValue.of(content));
    }

    private static JsonObject schema(JsonObject schema) {
        return JsonObject.of("schema", schema);
    }
}
