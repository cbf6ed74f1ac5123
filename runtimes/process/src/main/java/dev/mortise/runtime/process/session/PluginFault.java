package dev.mortise.runtime.process.session;

import io.grpc.Status;

/** The plugin did something else than what it was asked for. The message says what. */
public final class PluginFault extends Exception {

    private static final long serialVersionUID = 1;

    public PluginFault(String message) {
        super(message);
    }

    static PluginFault of(Status status) {
        String description = status.getDescription();
        return new PluginFault("it answered " + status.getCode() + (description == null ? "" : ": " + description));
    }
}
