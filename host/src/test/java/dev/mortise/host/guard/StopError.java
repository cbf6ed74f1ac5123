package dev.mortise.host.guard;

/** Thrown out of the blue into code that does not leave, as an instrumented loop does. */
final class StopError extends Error {

    private static final long serialVersionUID = 1;

    StopError() {
        super(null, null, false, false);
    }
}
