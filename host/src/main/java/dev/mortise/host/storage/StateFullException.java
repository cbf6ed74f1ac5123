package dev.mortise.host.storage;

/** A write was refused because it would leave the plugin more state than its quota. Nothing has changed. */
public final class StateFullException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    StateFullException(String message) {
        super(message);
    }
}
