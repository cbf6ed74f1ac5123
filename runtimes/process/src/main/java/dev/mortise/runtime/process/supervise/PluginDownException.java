package dev.mortise.runtime.process.supervise;

import dev.mortise.host.spi.PluginUnavailableException;

/** The plugin cannot be called at this moment. The message says why, and when it will be tried again. */
public final class PluginDownException extends PluginUnavailableException {

    private static final long serialVersionUID = 1;

    public PluginDownException(String message) {
        super(message);
    }
}
