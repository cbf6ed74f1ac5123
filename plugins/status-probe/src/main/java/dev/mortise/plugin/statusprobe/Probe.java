package dev.mortise.plugin.statusprobe;

import java.io.IOException;

/** A way to find out how a component does. Safe for use by several threads. */
@FunctionalInterface
public interface Probe {

    /**
     * Finds out, by one connection.
     *
     * @param connections makes it
     * @throws FindingException with what was found
     * @throws IOException if the connection fails, which is found by itself to mean that the component is down
     */
    Finding find(ProbeConfig config, Connections connections) throws FindingException, IOException;
}
