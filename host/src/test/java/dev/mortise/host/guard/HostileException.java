package dev.mortise.host.guard;

import java.util.function.Supplier;

/** An exception whose methods are the plugin's. */
final class HostileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Supplier<String> message;

    HostileException(Supplier<String> message) {
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message.get();
    }

    @Override
    public String toString() {
        return message.get();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
        String _ = message.get();
        return super.getStackTrace();
    }
}
