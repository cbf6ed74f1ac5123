package dev.mortise.host.spi;

import dev.mortise.host.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A way of running plugins, such as a class loader or a process. Found with {@link java.util.ServiceLoader}, or given
 * to the builder. One object serves one host; it is safe for use by several threads.
 */
public interface PluginRuntime extends AutoCloseable {

    /** The name that a manifest's {@code runtime} gives, such as {@code jvm}. */
    String name();

    /**
     * Tells where this runtime may keep what it can make again, so that later starts are faster. Told once, before anything
     * is opened.
     *
     * @param derived shared with others, so keys begin with the runtime's name
     */
    default void keepIn(HostStorage.Derived derived) {}

    /**
     * Prepares an instance beside whatever else is running. Runs none of the plugin's code.
     *
     * @throws PluginStartException if the package is not one that this runtime can run
     */
    PluginInstance open(InstanceRequest request) throws PluginStartException;

    /**
     * Looks at a package as {@link #open} would, for whoever checks packages without a host. Makes nothing, and runs none
     * of the plugin's code.
     *
     * @param root the unpacked package
     * @throws PluginStartException if {@link #open} would refuse it for what is in it
     */
    default void inspect(Path root, Manifest manifest) throws PluginStartException {}

    /**
     * Finds out what this runtime can keep a plugin in on this machine that is granted nothing. May start processes, and
     * take some tenths of a second.
     *
     * @return empty if its plugins run in the host's own memory
     * @throws IOException if it cannot be found out
     */
    default Optional<Isolation> isolation() throws IOException {
        return Optional.empty();
    }

    /** Frees what the runtime itself holds; its instances have been stopped before. */
    @Override
    default void close() {}
}
