package dev.mortise.runtime.jvm.shape;

/** JSON that does not fit. The message names the place, what is wanted there and what was found, for a person. */
public final class Mismatch extends Exception {

    private static final long serialVersionUID = 1;

    Mismatch(Place at, String message) {
        // Foreseen and shown without its stack, so none is taken.
        super(at.pointer().isEmpty() ? message : "'" + at.pointer() + "' " + message, null, false, false);
    }
}
