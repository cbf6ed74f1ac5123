package dev.mortise.server.openapi;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the operations together by path, and names what they share. */
public final class OpenApiDocument {

    private OpenApiDocument() {}

    /**
     * The operation that answers with the document of these operations and of itself.
     *
     * @param schemas that the operations refer to, besides the host's own
     * @param version of the host
     */
    public static Route routeFor(List<Route> operations, List<JsonObject> schemas, String version, String group) {
        List<Route> all = new ArrayList<>(operations);
        RouteBuilder self = Route.get("/openapi.json")
                .named("getOpenApi", group, "This document.")
                .answers("OpenAPI 3.1.", JsonObject.of("type", "object"));
        // Once to be described in the document, and once with the document to answer with.
        all.add(self.by(_ -> Answer.ok(JsonObject.EMPTY)));
        JsonObject document = of(all, schemas, version);
        return self.by(_ -> Answer.ok(document));
    }

    static JsonObject of(List<Route> routes, List<JsonObject> schemas, String version) {
        return JsonObject.of("openapi", "3.1.1")
                .with("info", info(version))
                .with("servers", List.of(JsonObject.of("url", "/")))
                .with("paths", paths(routes))
                .with("components", components(schemas));
    }

    private static JsonObject info(String version) {
        return JsonObject.of("title", "Mortise")
                .with("version", version)
                .with(
                        "description",
                        "A plugin host. Errors are problem details, RFC 9457, with a stable code. Request and response"
                                + " bodies are JSON in UTF-8.")
                .with("license", JsonObject.of("name", "Apache-2.0").with("identifier", "Apache-2.0"));
    }

    private static JsonObject paths(List<Route> routes) {
        Map<String, JsonObject> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            String path = route.path().text();
            paths.put(
                    path,
                    paths.getOrDefault(path, JsonObject.EMPTY)
                            .with(route.verb().name().toLowerCase(Locale.ROOT), OperationObject.of(route)));
        }
        return (JsonObject) JsonValue.of(paths);
    }

    private static JsonObject components(List<JsonObject> more) {
        Map<String, JsonValue> schemas =
                new LinkedHashMap<>(ComponentSchemas.load().members());
        more.forEach(one -> schemas.putAll(one.members()));
        return JsonObject.of("schemas", new JsonObject(schemas))
                .with(
                        "securitySchemes",
                        JsonObject.of(
                                OperationObject.SECURITY,
                                JsonObject.of("type", "http")
                                        .with("scheme", "bearer")
                                        .with(
                                                "description",
                                                "A token of this host. Roles include each other: viewer, operator,"
                                                        + " admin.")));
    }
}
