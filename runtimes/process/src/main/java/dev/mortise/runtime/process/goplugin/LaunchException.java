package dev.mortise.runtime.process.goplugin;

/** A plugin could not be launched, for callers that prefer an exception. */
public final class LaunchException extends Exception {

    private static final long serialVersionUID = 1;

    private final LaunchFailure.Reason reason;

    LaunchException(LaunchFailure failure) {
        super(failure.message());
        this.reason = failure.reason();
    }

    public LaunchFailure.Reason reason() {
        return reason;
    }
}
