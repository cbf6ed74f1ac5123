package dev.mortise.host.spi;

/**
 * A way of running plugins, such as a class loader or a process. Found with {@link java.util.ServiceLoader}, or given
 * to the builder. One object serves one host; it is safe for use by several threads.
 */
public interface PluginRuntime extends AutoCloseable {

    /** The name that a manifest's {@code runtime} gives, such as {@code jvm}. */
    String name();

    /**
     * Prepares an instance beside whatever else is running. Runs none of the plugin's code.
     *
     * @throws PluginStartException if the package is not one that this runtime can run
     */
    PluginInstance open(InstanceRequest request) throws PluginStartException;

    /** Frees what the runtime itself holds; its instances have been stopped before. */
    @Override
    default void close() {}
}
