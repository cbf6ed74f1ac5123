package dev.mortise.runtime.jvm.shape;

/** A signature that cannot be offered. The message names class, method and remedy, for the plugin's author. */
public final class SignatureException extends Exception {

    private static final long serialVersionUID = 1;

    public SignatureException(String message) {
        super(message);
    }
}
