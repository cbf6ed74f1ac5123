package dev.mortise.api;

import dev.mortise.api.json.JsonObject;

/** What a hook decides about a request. */
public sealed interface Decision {

    /** The request goes on unchanged. */
    record Passthrough() implements Decision {
        private static final Passthrough INSTANCE = new Passthrough();
    }

    /** The request goes on with this body, also when it is empty. */
    record Modify(JsonObject body) implements Decision {}

    /**
     * The request ends here; the client gets this error.
     *
     * @param status an HTTP status from 400 to 599; anything else is refused
     * @param errorType stable, in snake case, for programs to act on
     */
    record Block(int status, String errorType, String message) implements Decision {
        public Block {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        "a block needs an HTTP status from 400 to 599, not " + status + "; use 403 for a refusal");
            }
        }
    }

    /** The request ends here; the client gets this response, as from a cache. */
    record Respond(JsonObject response) implements Decision {}

    static Decision passthrough() {
        return Passthrough.INSTANCE;
    }

    static Decision modify(JsonObject body) {
        return new Modify(body);
    }

    static Decision block(int status, String errorType, String message) {
        return new Block(status, errorType, message);
    }

    static Decision respond(JsonObject response) {
        return new Respond(response);
    }
}
