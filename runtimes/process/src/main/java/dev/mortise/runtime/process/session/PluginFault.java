package dev.mortise.runtime.process.session;

import io.grpc.Status;
import java.io.IOException;

/** The plugin did something else than what it was asked for. The message says what. */
public final class PluginFault extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean lostConnection;

    public PluginFault(String message) {
        this(message, false);
    }

    private PluginFault(String message, boolean lostConnection) {
        super(message);
        this.lostConnection = lostConnection;
    }

    /** Whether it may be that nobody answered at all. */
    public boolean isLostConnection() {
        return lostConnection;
    }

    static PluginFault of(Status status) {
        if (isLostConnection(status)) {
            return new PluginFault(
                    "its connection broke before it answered (UNAVAILABLE): " + status.getDescription(), true);
        }
        String description = status.getDescription();
        return new PluginFault(
                "it answered " + status.getCode() + (description == null ? "" : ": " + description),
                status.getCode() == Status.Code.UNAVAILABLE);
    }

    /** Only this end of a connection adds causes to a status; a write to a closed one is UNKNOWN to gRPC, a read UNAVAILABLE. */
    private static boolean isLostConnection(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, UNKNOWN -> status.getCause() instanceof IOException;
            default -> false;
        };
    }
}
