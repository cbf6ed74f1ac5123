package dev.mortise.contracts.llm;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** A model's own server has answered with an error, which the client is to see. */
public final class UpstreamError extends ServiceException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient JsonObject body;
    private final transient Optional<Duration> retryAfter;

    /**
     * An error as it came.
     *
     * @param status an HTTP status from 400 to 599
     * @param body with an {@code error} object, as the OpenAI API has it
     * @param retryAfter when it is worth asking again, if the server said so
     */
    public UpstreamError(int status, JsonObject body, Optional<Duration> retryAfter) {
        super(kind(status), message(status, body));
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("an error's status is from 400 to 599, not " + status);
        }
        this.status = status;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public JsonObject body() {
        return body;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 408, 504 -> Kind.DEADLINE_EXCEEDED;
            case 429, 503 -> Kind.UNAVAILABLE;
            case 501 -> Kind.UNSUPPORTED;
            default -> status < 500 ? Kind.INVALID : Kind.FAILED;
        };
    }

    private static String message(int status, JsonObject body) {
        return body.object("error")
                .flatMap(error -> error.text("message"))
                .orElse("the model's server answered with status " + status);
    }
}
