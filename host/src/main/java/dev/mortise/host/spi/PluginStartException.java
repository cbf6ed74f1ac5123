package dev.mortise.host.spi;

/** A plugin cannot be started. The message says why and what to do, for a person; it keeps no class of the plugin. */
public final class PluginStartException extends Exception {

    private static final long serialVersionUID = 1;

    public PluginStartException(String message) {
        super(message);
    }
}
