package dev.mortise.runtime.process.wire.service;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Set;

/** What a service's failures are as statuses of gRPC, and the other way. The text of a failure is kept both ways. */
public final class ServiceStatus {

    /** A status travels in the headers of HTTP/2, whose usual limit is 8 KiB; a character may take nine bytes there. */
    private static final int LONGEST_TEXT = 800;

    /** What this end of a connection says where it knows no cause. */
    private static final Set<String> LOST = Set.of(
            "Network closed for unknown reason",
            "Channel shutdownNow invoked",
            "Channel shutdown invoked",
            "io exception");

    private ServiceStatus() {}

    /** What a server answers. */
    public static Status of(ServiceException failure) {
        Status status = switch (failure.kind()) {
            case NOT_FOUND -> Status.NOT_FOUND;
            case CONFLICT -> Status.ALREADY_EXISTS;
            case INVALID -> Status.INVALID_ARGUMENT;
            case UNSUPPORTED -> Status.UNIMPLEMENTED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Status.DEADLINE_EXCEEDED;
            case CANCELLED -> Status.CANCELLED;
            case FAILED -> Status.UNKNOWN;
        };
        return status.withDescription(bounded(String.valueOf(failure.getMessage())));
    }

    static String bounded(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /**
     * What a client throws.
     *
     * @return a {@link ServiceException}, or for a fault of the plugin what was thrown
     */
    static RuntimeException failure(String plugin, String method, StatusRuntimeException thrown) {
        Status status = thrown.getStatus();
        if (isLostConnection(status)) {
            return new ServiceException(
                    Kind.UNAVAILABLE,
                    "the connection to plugin " + plugin + " broke before it answered: " + status.getDescription());
        }
        return switch (status.getCode()) {
            case NOT_FOUND -> refusal(Kind.NOT_FOUND, plugin, method, status);
            case ALREADY_EXISTS, ABORTED -> refusal(Kind.CONFLICT, plugin, method, status);
            case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION -> refusal(Kind.INVALID, plugin, method, status);
            case UNIMPLEMENTED -> refusal(Kind.UNSUPPORTED, plugin, method, status);
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> refusal(Kind.UNAVAILABLE, plugin, method, status);
            case DEADLINE_EXCEEDED -> refusal(Kind.DEADLINE_EXCEEDED, plugin, method, status);
            case CANCELLED -> refusal(Kind.CANCELLED, plugin, method, status);
            case UNKNOWN, PERMISSION_DENIED, UNAUTHENTICATED -> refusal(Kind.FAILED, plugin, method, status);
            case OK, INTERNAL, DATA_LOSS -> thrown;
        };
    }

    private static ServiceException refusal(Kind kind, String plugin, String method, Status status) {
        String text = status.getDescription();
        return new ServiceException(
                kind,
                text == null || text.isBlank()
                        ? "plugin " + plugin + " answers " + method + " with " + status.getCode()
                        : text);
    }

    /** Only this end of a connection adds causes to a status; a write to a closed one is UNKNOWN to gRPC, a read UNAVAILABLE. */
    private static boolean isLostConnection(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                status.getCause() instanceof IOException || LOST.contains(String.valueOf(status.getDescription()));
            case UNKNOWN -> status.getCause() instanceof IOException;
            default -> false;
        };
    }
}
