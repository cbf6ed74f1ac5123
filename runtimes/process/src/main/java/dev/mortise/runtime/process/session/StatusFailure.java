package dev.mortise.runtime.process.session;

import dev.mortise.api.FunctionException;
import io.grpc.Status;
import java.util.Locale;

/** What a gRPC status of a function means: an expected failure, which is the caller's affair, or a fault of the plugin. */
final class StatusFailure {

    private StatusFailure() {}

    /**
     * @return the fault
     * @throws FunctionException if it is none
     */
    static PluginFault of(Status status) throws FunctionException {
        switch (status.getCode()) {
            case INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    RESOURCE_EXHAUSTED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE -> {
                String description = status.getDescription();
                throw new FunctionException(
                        status.getCode().name().toLowerCase(Locale.ROOT),
                        description == null ? "the plugin gave no reason" : description);
            }
            case OK, CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> {
                return PluginFault.of(status);
            }
        }
        throw new IllegalStateException("gRPC has no other status");
    }
}
