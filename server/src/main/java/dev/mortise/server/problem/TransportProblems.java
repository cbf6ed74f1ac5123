package dev.mortise.server.problem;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that never become one: those that are not HTTP, too long, or broken off in the middle of a body. The
 * words are ours throughout, for the web server's own may repeat what was sent.
 */
public final class TransportProblems implements DirectHandler {

    public static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        TransportProblems problems = new TransportProblems();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, problems);
        }
        return handlers.build();
    }

    /** For failures in the middle of an exchange. */
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            Throwable thrown,
            System.@Nullable Logger logger) {
        return defaultStatus.code() == Status.INTERNAL_SERVER_ERROR_500.code()
                ? response(Incident.report("the web server", thrown), defaultStatus.code())
                : response(problem(defaultStatus.code()), defaultStatus.code());
    }

    /** For what fails before there is an exchange; the web server logs the reason. */
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            @Nullable String message) {
        return response(problem(defaultStatus.code()), defaultStatus.code());
    }

    private static TransportResponse response(Problem problem, int status) {
        ProblemDocument document = ProblemDocument.of(problem, status);
        TransportResponse.Builder response = TransportResponse.builder()
                .status(Status.create(document.status()))
                .keepAlive(false)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE))
                .header(HeaderValues.CONNECTION_CLOSE)
                .entity(document.body().toString().getBytes(StandardCharsets.UTF_8));
        SafetyHeaders.ALL.forEach(
                (name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
        document.headers()
                .forEach((name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
        return response.build();
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 404 -> Problem.of(ProblemCode.NOT_FOUND, "there is nothing here");
            case 413 -> Problem.of(ProblemCode.BODY_TOO_LARGE, "the body is larger than this server takes");
            case 414 -> Problem.of(ProblemCode.INVALID_REQUEST, "the request line is longer than this server takes");
            case 503 -> Problem.of(ProblemCode.SHUTTING_DOWN, "this server takes no more requests");
            case 505 -> Problem.of(ProblemCode.INVALID_REQUEST, "this server speaks HTTP/1.1 only");
            case 500 -> Problem.of(ProblemCode.INTERNAL, "something went wrong inside the host; its log has more");
            default ->
                Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        "this is not a valid HTTP/1.1 request: look at its first line, its headers and how its body is"
                                + " framed");
        };
    }
}
