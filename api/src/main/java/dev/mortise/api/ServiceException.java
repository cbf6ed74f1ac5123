package dev.mortise.api;

/**
 * A service could not do what it was asked to, with a reason that its caller can act on. An implementation throws it for
 * failures that it foresaw, which do not count against its plugin; the host throws it when the implementation cannot be
 * reached, is too slow or fails otherwise.
 */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What a caller can act on. */
    public enum Kind {
        NOT_FOUND,
        CONFLICT,
        /** What was asked for makes no sense to the service; asking again will not help. */
        INVALID,
        /** The service does not offer this operation. */
        UNSUPPORTED,
        /** Not now: no implementation, quarantined, overloaded, or whatever it depends on is away. */
        UNAVAILABLE,
        DEADLINE_EXCEEDED,
        /** The caller no longer wants it. */
        CANCELLED,
        FAILED
    }

    private final Kind kind;

    public ServiceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public ServiceException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
