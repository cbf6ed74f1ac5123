package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import java.io.IOException;

/** A process was not started: the sandbox that it needs cannot be had, or its program cannot be run inside. */
public final class SandboxException extends IOException {

    private static final long serialVersionUID = 1L;

    SandboxException(PluginId plugin, String reason) {
        super("Plugin " + plugin + " was not started: " + reason);
    }

    SandboxException(PluginId plugin, String reason, Throwable cause) {
        super("Plugin " + plugin + " was not started: " + reason, cause);
    }
}
