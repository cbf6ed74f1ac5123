package dev.mortise.runtime.process.contain;

import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Isolation;
import java.io.IOException;

/** Decides what the processes of a runtime's plugins are kept in. Serves one host; any thread may call. */
public interface Containment extends AutoCloseable {

    /**
     * A way of starting the processes of one plugin.
     *
     * @throws IOException if the plugin cannot be kept in what it must be kept in; the message says what to do
     */
    ContainedSpawner of(InstanceRequest plugin) throws IOException;

    /** What a plugin is kept in that is granted nothing. @throws IOException if it cannot be found out */
    Isolation strongest() throws IOException;

    @Override
    void close();
}
