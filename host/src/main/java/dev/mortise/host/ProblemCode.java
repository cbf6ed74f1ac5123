package dev.mortise.host;

import java.util.Locale;

/** The stable codes of everything that can be refused or go wrong. The spelling on the wire is {@link #code}. */
public enum ProblemCode {
    INVALID_REQUEST(Kind.INVALID),
    INVALID_JSON(Kind.INVALID),
    INVALID_BODY(Kind.UNPROCESSABLE),
    INVALID_PARAMS(Kind.INVALID),
    INVALID_CONFIG(Kind.UNPROCESSABLE),
    INVALID_MANIFEST(Kind.UNPROCESSABLE),
    INVALID_PACKAGE(Kind.UNPROCESSABLE),
    UNSAFE_ARCHIVE(Kind.UNPROCESSABLE),
    PACKAGE_TOO_LARGE(Kind.TOO_LARGE),
    BODY_TOO_LARGE(Kind.TOO_LARGE),
    DIGEST_MISMATCH(Kind.UNPROCESSABLE),
    DIGEST_REQUIRED(Kind.UNPROCESSABLE),
    URL_REFUSED(Kind.FORBIDDEN),
    DOWNLOAD_FAILED(Kind.UPSTREAM),
    RUNTIME_UNAVAILABLE(Kind.UNPROCESSABLE),
    MISSING_DEPENDENCY(Kind.CONFLICT),
    VERSION_CONFLICT(Kind.CONFLICT),
    DEPENDENCY_CYCLE(Kind.CONFLICT),
    DUPLICATE_CONTRIBUTION(Kind.CONFLICT),
    UNKNOWN_RING(Kind.UNPROCESSABLE),
    HOOK_ORDER_CYCLE(Kind.CONFLICT),
    UNKNOWN_CONTRACT(Kind.UNPROCESSABLE),
    REQUIRED_BY_OTHERS(Kind.CONFLICT),
    LOAD_FAILED(Kind.UNPROCESSABLE),
    CHECK_FAILED(Kind.UNPROCESSABLE),
    PLUGIN_NOT_FOUND(Kind.NOT_FOUND),
    PLUGIN_NOT_ACTIVE(Kind.CONFLICT),
    FUNCTION_NOT_FOUND(Kind.NOT_FOUND),
    FUNCTION_AMBIGUOUS(Kind.CONFLICT),
    FUNCTION_FAILED(Kind.UNPROCESSABLE),
    PLUGIN_FAULT(Kind.UPSTREAM),
    DEADLINE_EXCEEDED(Kind.TIMEOUT),
    TOO_MANY_CALLS(Kind.BUSY),
    QUARANTINED(Kind.UNAVAILABLE),
    PLUGIN_DOWN(Kind.UNAVAILABLE),
    NAME_TAKEN(Kind.CONFLICT),
    GENERATION_NOT_FOUND(Kind.NOT_FOUND),
    NO_ROLLBACK_TARGET(Kind.CONFLICT),
    NOT_FOUND(Kind.NOT_FOUND),
    METHOD_NOT_ALLOWED(Kind.METHOD),
    UNSUPPORTED_MEDIA_TYPE(Kind.MEDIA_TYPE),
    UNAUTHENTICATED(Kind.UNAUTHENTICATED),
    PERMISSION_DENIED(Kind.FORBIDDEN),
    SHUTTING_DOWN(Kind.UNAVAILABLE),
    STORAGE_FAILED(Kind.INTERNAL),
    INTERNAL(Kind.INTERNAL);

    private final Kind kind;

    ProblemCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The code as programs see it, such as {@code digest_mismatch}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What sort of problem it is, for adapters to translate into their protocol's own terms. */
    public enum Kind {
        INVALID,
        UNPROCESSABLE,
        TOO_LARGE,
        MEDIA_TYPE,
        METHOD,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        BUSY,
        TIMEOUT,
        UNAVAILABLE,
        UPSTREAM,
        INTERNAL
    }
}
