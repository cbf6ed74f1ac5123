package dev.mortise.gateway.http;

import dev.mortise.api.json.JsonObject;
import dev.mortise.gateway.GatewayError;
import dev.mortise.host.Problem;
import dev.mortise.server.problem.ProblemDocument;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.ErrorForm;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Schemas;
import java.util.LinkedHashMap;
import java.util.Map;

/** The host's problems, and the gateway's errors, as clients of the OpenAI API expect them. */
final class OpenAiErrors implements ErrorForm {

    @Override
    public Answer render(Problem problem) {
        ProblemDocument document = ProblemDocument.of(problem);
        GatewayError error = GatewayError.of(
                document.status(),
                problem.message(),
                type(document.status()),
                problem.code().code(),
                null);
        return new Answer.Json(document.status(), error.body(), document.headers());
    }

    /** @param headers in addition to those that the error asks for */
    Answer render(GatewayError error, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        error.retryAfter()
                .ifPresent(wait -> all.put("Retry-After", Long.toString(Math.ceilDiv(wait.toMillis(), 1000L))));
        return new Answer.Json(error.status(), error.body(), all);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? GatewayError.INVALID_REQUEST : "server_error";
        };
    }

    @Override
    public String mediaType() {
        return Reply.JSON;
    }

    @Override
    public JsonObject schema() {
        return Schemas.ref("GatewayError");
    }
}
