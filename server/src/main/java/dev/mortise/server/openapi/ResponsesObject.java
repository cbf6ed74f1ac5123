package dev.mortise.server.openapi;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.ProblemCode;
import dev.mortise.server.problem.ProblemDocument;
import dev.mortise.server.problem.ProblemStatus;
import dev.mortise.server.route.Access;
import dev.mortise.server.route.ErrorForm;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every status that an operation answers with, and for problems the codes that it stands for. */
final class ResponsesObject {

    private ResponsesObject() {}

    static JsonObject of(Route route) {
        SortedMap<String, JsonObject> responses = new TreeMap<>();
        String mediaType = route.errors().map(ErrorForm::mediaType).orElse(ProblemDocument.MEDIA_TYPE);
        JsonObject schema = route.errors().map(ErrorForm::schema).orElse(Schemas.ref("Problem"));
        JsonObject content = JsonObject.of(mediaType, JsonObject.of("schema", schema));
        byStatus(route)
                .forEach((status, codes) ->
                        responses.put(Integer.toString(status), problem(status, names(codes), content)));
        if (route.errors().isPresent()) {
            // Such as those that a plugin has chosen.
            responses.put(
                    "4XX", JsonObject.of("description", "Any other refusal.").with("content", content));
            responses.put(
                    "5XX", JsonObject.of("description", "Any other failure.").with("content", content));
        }
        if (route.payload() instanceof Payload.Whole) {
            // A plugin's own.
            JsonObject any = JsonObject.of("content", JsonObject.of("*/*", JsonObject.EMPTY));
            for (String status : List.of("2XX", "3XX", "4XX", "5XX")) {
                responses.put(status, any.with("description", "Whatever the plugin answers."));
            }
        }
        route.replies().forEach(reply -> responses.put(Integer.toString(reply.status()), reply(reply)));
        return (JsonObject) JsonValue.of(responses);
    }

    /** Its own problems and those that any request like it may meet. */
    private static Set<ProblemCode> codes(Route route) {
        Set<ProblemCode> codes =
                EnumSet.of(ProblemCode.INVALID_REQUEST, ProblemCode.PERMISSION_DENIED, ProblemCode.INTERNAL);
        codes.addAll(route.problems());
        if (route.access() instanceof Access.AtLeast) {
            codes.addAll(List.of(
                    ProblemCode.UNAUTHENTICATED,
                    ProblemCode.TOO_MANY_CALLS,
                    ProblemCode.STORAGE_FAILED,
                    ProblemCode.SHUTTING_DOWN));
        }
        if (!(route.payload() instanceof Payload.None || route.payload() instanceof Payload.Whole)) {
            codes.addAll(List.of(
                    ProblemCode.INVALID_JSON,
                    ProblemCode.INVALID_BODY,
                    ProblemCode.BODY_TOO_LARGE,
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE));
        }
        return codes;
    }

    private static SortedMap<Integer, List<ProblemCode>> byStatus(Route route) {
        return codes(route).stream()
                .collect(Collectors.groupingBy(ProblemStatus::of, TreeMap::new, Collectors.toList()));
    }

    private static String names(List<ProblemCode> codes) {
        return codes.stream().map(ProblemCode::code).collect(Collectors.joining(", "));
    }

    private static JsonObject problem(int status, String names, JsonObject content) {
        JsonObject response = JsonObject.of("description", names).with("content", content);
        return switch (status) {
            case 401 -> response.with("headers", headers(List.of("WWW-Authenticate")));
            case 429, 503 -> response.with("headers", headers(List.of("Retry-After")));
            default -> response;
        };
    }

    private static JsonObject reply(Reply reply) {
        Map<String, JsonObject> content = new LinkedHashMap<>();
        reply.content().forEach((type, schema) -> content.put(type, JsonObject.of("schema", schema)));
        JsonObject response = JsonObject.of("description", reply.description()).with("content", JsonValue.of(content));
        return reply.headers().isEmpty() ? response : response.with("headers", headers(reply.headers()));
    }

    private static JsonValue headers(List<String> names) {
        JsonObject text = JsonObject.of("schema", JsonObject.of("type", "string"));
        return JsonValue.of(
                names.stream().collect(Collectors.toMap(name -> name, _ -> text, (a, _) -> a, LinkedHashMap::new)));
    }
}
