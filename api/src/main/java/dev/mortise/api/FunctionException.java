package dev.mortise.api;

import dev.mortise.api.json.JsonObject;

/**
 * An expected failure of a function, such as "no such sensor". The caller gets code, message and details; the host
 * does not count it against the plugin. Any other exception is a fault of the plugin and is counted.
 */
public final class FunctionException extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;
    private final transient JsonObject details;

    /** @param code stable, in snake case, for programs to act on */
    public FunctionException(String code, String message) {
        this(code, message, JsonObject.EMPTY);
    }

    public FunctionException(String code, String message, JsonObject details) {
        super(message);
        this.code = code;
        this.details = details;
    }

    public String code() {
        return code;
    }

    public JsonObject details() {
        return details;
    }
}
