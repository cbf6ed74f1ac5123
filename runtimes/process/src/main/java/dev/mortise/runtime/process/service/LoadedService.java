package dev.mortise.runtime.process.service;

import dev.mortise.host.Mortise;
import java.nio.file.Path;

/**
 * A service that an executable implements, without a package and without a manifest:
 *
 * <pre>{@code
 * try (LoadedService<Store> store = LoadedService.load(Path.of("/opt/acme/store"), Store.class)) {
 *     store.get().ping();
 * }
 * }</pre>
 *
 * <p>There is a host of its own inside: calls have a deadline, and a process that ends is started again. Safe for use by
 * several threads.
 */
public final class LoadedService<T> implements AutoCloseable {

    private final Mortise host;
    private final T service;

    LoadedService(Mortise host, T service) {
        this.host = host;
        this.service = service;
    }

    /**
     * Starts an executable that was made for Mortise. {@link ServiceLaunch} can do the same with others.
     *
     * @throws dev.mortise.host.ProblemException if it does not start, or does not serve the contract
     * @throws IllegalArgumentException if the path is relative, or there is no adapter for the contract
     */
    public static <T> LoadedService<T> load(Path executable, Class<T> contract) {
        return ServiceLaunch.of(executable).load(contract);
    }

    /** @return an object whose methods throw {@link dev.mortise.api.ServiceException} where the service fails */
    public T get() {
        return service;
    }

    /** Ends the process, in bounded time. */
    @Override
    public void close() {
        host.close();
    }
}
