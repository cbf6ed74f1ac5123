package dev.mortise.runtime.process.supervise;

/** The plugin cannot be called at this moment. The message says why, and when it will be tried again. */
public final class PluginDownException extends Exception {

    private static final long serialVersionUID = 1;

    PluginDownException(String message) {
        super(message);
    }
}
