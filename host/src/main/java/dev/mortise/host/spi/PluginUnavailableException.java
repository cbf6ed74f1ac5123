package dev.mortise.host.spi;

/**
 * The plugin is not there to be called, as when its process has gone down. The call does not count against the plugin:
 * going down has been counted once, by the runtime that starts it again. The message is for a person, and says when.
 */
public class PluginUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public PluginUnavailableException(String message) {
        super(message);
    }
}
