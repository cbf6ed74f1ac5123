package dev.mortise.host.spi;

import java.util.List;

/** Contracts that come with a library. Found with {@link java.util.ServiceLoader}, or given to the builder. */
public interface ServiceContracts {

    List<ServiceContract<?>> contracts();
}
