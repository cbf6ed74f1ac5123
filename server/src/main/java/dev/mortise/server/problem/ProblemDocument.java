package dev.mortise.server.problem;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A problem as it is sent.
 *
 * @param headers that its status asks for
 */
public record ProblemDocument(int status, JsonObject body, Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:mortise:problem:";

    /** For a problem that was met in the middle of work, in seconds. */
    private static final long RETRY_SOON = 1;

    public static ProblemDocument of(Problem problem) {
        return of(problem, ProblemStatus.of(problem.code()));
    }

    /**
     * As {@link #of(Problem)}.
     *
     * @param status in place of the one that the problem's code has
     */
    public static ProblemDocument of(Problem problem, int status) {
        JsonObject body = JsonObject.of("type", TYPE + problem.code().code())
                .with("title", title(problem.code()))
                .with("status", status)
                .with("detail", problem.message())
                .with("code", problem.code().code());
        if (problem.plugin().isPresent()) {
            body = body.with("plugin", problem.plugin().get().value());
        }
        if (!problem.details().isEmpty()) {
            body = body.with("details", problem.details());
        }
        return new ProblemDocument(status, body, headers(problem));
    }

    private static Map<String, String> headers(Problem problem) {
        return switch (problem.code().kind()) {
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer realm=\"mortise\"");
            case METHOD -> Map.of("Allow", allowed(problem));
            case BUSY, UNAVAILABLE -> Map.of("Retry-After", Long.toString(retryAfter(problem)));
            case INVALID,
                    UNPROCESSABLE,
                    TOO_LARGE,
                    MEDIA_TYPE,
                    FORBIDDEN,
                    NOT_FOUND,
                    CONFLICT,
                    TIMEOUT,
                    UPSTREAM,
                    INTERNAL -> Map.of();
        };
    }

    private static String allowed(Problem problem) {
        return problem.details().array("allowed").orElse(JsonArray.EMPTY).values().stream()
                .map(ProblemDocument::text)
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString(String text) ? text : value.toString();
    }

    private static long retryAfter(Problem problem) {
        return problem.details().integer("retry_after_ms").stream()
                .map(millis -> Math.ceilDiv(millis, 1000))
                .map(seconds -> Math.max(seconds, RETRY_SOON))
                .findFirst()
                .orElse(RETRY_SOON);
    }

    private static String title(ProblemCode code) {
        String words = code.code().replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
