package dev.mortise.runtime.process.launch;

import java.io.IOException;

/** A way of starting processes, with more or fewer walls around them. Safe for use by several threads. */
@FunctionalInterface
public interface ProcessSpawner {

    /** @throws IOException if the process cannot be started; the message says why */
    PluginProcess start(ProcessRequest request) throws IOException;
}
