package dev.mortise.host.guard;

/** What sort of thing a plugin threw. */
public enum FaultKind {
    EXCEPTION,
    /** A class or member that is not there, or not what the plugin was compiled against. */
    LINKAGE,
    STACK_OVERFLOW,
    OUT_OF_MEMORY,
    ASSERTION,
    /** Any other {@code Error}. */
    ERROR;

    static FaultKind of(Throwable thrown) {
        return switch (thrown) {
            case Exception _ -> EXCEPTION;
            case LinkageError _ -> LINKAGE;
            case StackOverflowError _ -> STACK_OVERFLOW;
            case OutOfMemoryError _ -> OUT_OF_MEMORY;
            case AssertionError _ -> ASSERTION;
            default -> ERROR;
        };
    }
}
