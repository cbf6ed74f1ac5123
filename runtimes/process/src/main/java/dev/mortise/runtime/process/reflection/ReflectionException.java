package dev.mortise.runtime.process.reflection;

/** A plugin's server describes itself in a way that makes no sense. */
public final class ReflectionException extends Exception {

    private static final long serialVersionUID = 1;

    ReflectionException(String message) {
        super(message);
    }
}
