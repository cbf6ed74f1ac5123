package dev.mortise.runtime.process.wire.service;

import io.grpc.BindableService;

/**
 * Carries a typed contract over gRPC, both ways: a client that looks like the contract's Java interface, and a server of
 * any implementation of it. Found with {@link java.util.ServiceLoader}, or given to whoever uses it. Safe for use by
 * several threads.
 *
 * @param <T> the contract's Java interface
 */
public interface ServiceAdapter<T> {

    /** What a manifest's {@code services} names, such as {@code store}. */
    String key();

    Class<T> type();

    /** The full name of the gRPC service that a plugin with this contract serves, such as {@code acme.v1.Greeter}. */
    String service();

    /**
     * The contract, spoken to a plugin. What must be known of it at first is asked here, with
     * {@link ServiceChannel#ask}.
     *
     * @throws dev.mortise.api.ServiceException if the plugin does not answer what it is asked at first; of the kind
     *     UNSUPPORTED if it does not serve the contract
     */
    T client(ServiceChannel channel);

    /** The contract, answered by an implementation. {@link ServiceAnswer} does what every method of it needs. */
    BindableService server(T implementation);
}
