package dev.mortise.runtime.process.service;

import dev.mortise.api.ServiceException;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.runtime.process.reflection.ReflectionException;
import dev.mortise.runtime.process.reflection.ServedServices;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceAdapters;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contracts that a plugin's manifest declares, and how they are spoken to its process. */
public final class DeclaredServices {

    private record Declared(ServiceContract<?> contract, ServiceAdapter<?> adapter) {}

    private final List<Declared> declared;

    private DeclaredServices(List<Declared> declared) {
        this.declared = List.copyOf(declared);
    }

    /** @throws PluginStartException if there is no adapter for one of them */
    public static DeclaredServices of(List<ServiceContract<?>> contracts, ServiceAdapters adapters)
            throws PluginStartException {
        List<Declared> declared = new ArrayList<>();
        for (ServiceContract<?> contract : contracts) {
            ServiceAdapter<?> adapter = adapters.find(contract.key(), contract.type())
                    .orElseThrow(() -> new PluginStartException("its manifest declares the service '" + contract.key()
                            + "', for which the process runtime has no adapter; put the library that has one on the"
                            + " class path, such as mortise-contracts-grpc, or give one to the runtime"));
            declared.add(new Declared(contract, adapter));
        }
        return new DeclaredServices(declared);
    }

    /**
     * Makes sure that the plugin serves them, and asks it what must be known of them.
     *
     * @throws PluginStartException if it does not serve one, or does not answer
     */
    public List<Contributions.Service> connect(ServiceChannel channel)
            throws PluginStartException, InterruptedException {
        if (declared.isEmpty()) {
            return List.of();
        }
        check(channel);
        List<Contributions.Service> services = new ArrayList<>();
        for (Declared one : declared) {
            Object client = client(one, channel);
            services.add(new Contributions.Service(one.contract(), () -> client));
        }
        return services;
    }

    private void check(ServiceChannel channel) throws PluginStartException, InterruptedException {
        Optional<List<String>> served;
        try {
            served = ServedServices.of(channel.channel(), channel.patience());
        } catch (ReflectionException e) {
            throw new PluginStartException("it was asked which services it serves, and " + e.getMessage());
        }
        if (served.isEmpty()) {
            return;
        }
        for (Declared one : declared) {
            if (!served.get().contains(one.adapter().service())) {
                List<String> own = served.get().stream()
                        .filter(name -> !name.startsWith("grpc.") && !name.startsWith("plugin."))
                        .toList();
                throw new PluginStartException(missing(one) + "; it serves "
                        + (own.isEmpty() ? "none of its own" : String.join(", ", own))
                        + ". Serve it, or take it out of the manifest");
            }
        }
    }

    private static String missing(Declared one) {
        return "its manifest declares the service '" + one.contract().key() + "', and the plugin does not serve "
                + one.adapter().service();
    }

    private static Object client(Declared one, ServiceChannel channel) throws PluginStartException {
        try {
            return one.adapter().client(channel);
        } catch (ServiceException e) {
            throw new PluginStartException(
                    e.kind() == ServiceException.Kind.UNSUPPORTED
                            ? missing(one) + ": " + e.getMessage()
                            : "its service '" + one.contract().key() + "' cannot be used: " + e.getMessage());
        }
    }
}
