package dev.mortise.runtime.jvm.polls;

/**
 * Thrown out of a plugin's loop in a thread that has been told to leave. An error, so that {@code catch (Exception)}
 * lets it pass. It has no stack trace, which would cost time and refer to the plugin's classes.
 */
public final class PluginStopped extends Error {

    private static final long serialVersionUID = 1;

    PluginStopped() {
        super("the host has stopped this plugin code", null, false, false);
    }
}
