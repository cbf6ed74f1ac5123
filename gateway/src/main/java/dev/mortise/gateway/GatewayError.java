package dev.mortise.gateway;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.UpstreamError;
import dev.mortise.host.RingOutcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is not answered, as clients of the OpenAI API expect to be told.
 *
 * @param status of HTTP, from 400 to 599
 * @param body with an {@code error} object
 * @param retryAfter when it is worth asking again, if that is known
 */
public record GatewayError(int status, JsonObject body, Optional<Duration> retryAfter) {

    static final int UNAUTHENTICATED = 401;

    /** The type of an error that is the client's own. */
    public static final String INVALID_REQUEST = "invalid_request_error";

    /** @param param the member of the request that is wrong, if it is one */
    public static GatewayError of(
            int status, String message, String type, @Nullable String code, @Nullable String param) {
        return new GatewayError(
                status,
                JsonObject.of(
                        "error",
                        JsonObject.of("message", message)
                                .with("type", type)
                                .with("param", JsonValue.of(param))
                                .with("code", JsonValue.of(code))),
                Optional.empty());
    }

    static GatewayError invalid(String param, String message) {
        return of(400, message, INVALID_REQUEST, "invalid_value", param);
    }

    /** The hook's own words, or the host's if the hook failed. */
    static GatewayError of(RingOutcome.Blocked blocked) {
        return of(blocked.status(), blocked.message(), blocked.errorType(), blocked.errorType(), null);
    }

    static GatewayError noProvider() {
        return of(
                503,
                "no active plugin offers a language model; install or enable one",
                "server_error",
                "no_provider",
                null);
    }

    /** It is the provider's own key that its server does not accept, which the client can do nothing about. */
    private static GatewayError credentials() {
        return of(
                502,
                "the model's server does not accept the credentials of its provider",
                "upstream_error",
                "upstream_unauthenticated",
                null);
    }

    static GatewayError tooLarge(int limit) {
        return of(
                502,
                "the model's answer is longer than the " + limit + " characters that can be checked",
                "upstream_error",
                "response_too_large",
                null);
    }

    /** As the provider has it; the model's own server, where that has answered. */
    static GatewayError of(ServiceException failure) {
        if (failure instanceof UpstreamError error) {
            if (error.status() == UNAUTHENTICATED) {
                return credentials();
            }
            return error.body().object("error").isPresent()
                    ? new GatewayError(error.status(), error.body(), error.retryAfter())
                    : new GatewayError(
                            error.status(),
                            of(error.status(), message(failure), "upstream_error", "upstream_error", null)
                                    .body(),
                            error.retryAfter());
        }
        String message = message(failure);
        return switch (failure.kind()) {
            case INVALID -> of(400, message, INVALID_REQUEST, "invalid_value", null);
            case NOT_FOUND -> of(404, message, INVALID_REQUEST, "model_not_found", "model");
            case CONFLICT -> of(409, message, INVALID_REQUEST, "conflict", null);
            case UNSUPPORTED -> of(501, message, "server_error", "unsupported", null);
            case UNAVAILABLE -> of(503, message, "server_error", "upstream_unavailable", null);
            case DEADLINE_EXCEEDED -> of(504, message, "server_error", "upstream_timeout", null);
            case CANCELLED, FAILED -> of(502, message, "upstream_error", "upstream_failed", null);
        };
    }

    private static String message(ServiceException failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? "the model did not answer" : message;
    }
}
