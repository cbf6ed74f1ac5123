package dev.mortise.runtime.process.wire.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that are given, and those that are installed. The installed ones are looked for when the first is wanted.
 * Safe for use by several threads.
 */
public final class ServiceAdapters {

    private final List<ServiceAdapter<?>> given;
    private @Nullable List<ServiceAdapter<?>> all;

    /** @param given go before those that are installed */
    public ServiceAdapters(List<ServiceAdapter<?>> given) {
        this.given = List.copyOf(given);
    }

    public Optional<ServiceAdapter<?>> find(String key, Class<?> type) {
        return first(adapter -> adapter.key().equals(key) && adapter.type().equals(type));
    }

    /** @throws IllegalArgumentException if there is none */
    @SuppressWarnings("unchecked")
    public <T> ServiceAdapter<T> of(Class<T> type) {
        return (ServiceAdapter<T>)
                first(adapter -> adapter.type().equals(type))
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "there is no adapter for " + type.getName()
                                                + "; put the library that has it on the class path, such as mortise-contracts-grpc, or give it"));
    }

    private Optional<ServiceAdapter<?>> first(Predicate<ServiceAdapter<?>> wanted) {
        return all().stream().filter(wanted).findFirst();
    }

    private synchronized List<ServiceAdapter<?>> all() {
        List<ServiceAdapter<?>> known = all;
        if (known == null) {
            known = new ArrayList<>(given);
            ServiceLoader.load(ServiceAdapter.class, ServiceAdapter.class.getClassLoader())
                    .forEach(known::add);
            all = known;
        }
        return known;
    }
}
