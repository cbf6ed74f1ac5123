package dev.mortise.api;

import dev.mortise.api.json.JsonObject;
import java.util.Optional;

/** What a hook decides about a request. */
public sealed interface Decision {

    /** The request goes on unchanged. */
    record Passthrough() implements Decision {
        private static final Passthrough INSTANCE = new Passthrough();
    }

    /**
     * The request goes on, changed. What is absent stays as it is; what is present replaces, also when it is empty.
     *
     * @param response for rings that run after the service was called; elsewhere it is a fault of the hook
     * @param message for people, shown in traces and to later hooks as {@code _plugin_message}
     */
    record Modify(Optional<JsonObject> body, Optional<JsonObject> response, Optional<String> message)
            implements Decision {}

    /**
     * The request ends here; the client gets this error.
     *
     * @param status an HTTP status; one below 400 would tell the client of success, so it becomes 403
     * @param errorType stable, in snake case, for programs to act on
     */
    record Block(int status, String errorType, String message) implements Decision {
        public Block {
            if (status > 599) {
                throw new IllegalArgumentException(
                        "a block needs an HTTP status from 400 to 599, not " + status + "; use 403 for a refusal");
            }
            status = status < 400 ? 403 : status;
        }
    }

    /** The request ends here; the client gets this response, as from a cache. */
    record Respond(JsonObject response) implements Decision {}

    static Decision passthrough() {
        return Passthrough.INSTANCE;
    }

    static Decision modify(JsonObject body) {
        return new Modify(Optional.of(body), Optional.empty(), Optional.empty());
    }

    static Decision modify(JsonObject body, String message) {
        return new Modify(Optional.of(body), Optional.empty(), Optional.of(message));
    }

    /** Replaces what the service has answered; the ring goes on with it. */
    static Decision modifyResponse(JsonObject response) {
        return new Modify(Optional.empty(), Optional.of(response), Optional.empty());
    }

    static Decision block(int status, String errorType, String message) {
        return new Block(status, errorType, message);
    }

    static Decision respond(JsonObject response) {
        return new Respond(response);
    }
}
