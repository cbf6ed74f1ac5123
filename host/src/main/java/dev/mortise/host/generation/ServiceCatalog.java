package dev.mortise.host.generation;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.ServiceContract;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The contracts that a host knows. */
final class ServiceCatalog {

    private final SortedMap<String, ServiceContract<?>> byKey = new TreeMap<>();

    /** @throws IllegalArgumentException if two have the same key, or the same type */
    ServiceCatalog(Collection<ServiceContract<?>> contracts) {
        for (ServiceContract<?> contract : contracts) {
            ServiceContract<?> earlier = byKey.putIfAbsent(contract.key(), contract);
            if (earlier != null && !earlier.equals(contract)) {
                throw new IllegalArgumentException("the contract '" + contract.key() + "' is given twice: "
                        + earlier.type().getName() + " and " + contract.type().getName());
            }
        }
        if (byKey.values().stream().map(ServiceContract::type).distinct().count() < byKey.size()) {
            throw new IllegalArgumentException("an interface stands for two contracts: " + byKey.values());
        }
    }

    /** Those that a plugin says it implements. */
    Result<List<ServiceContract<?>>> declaredBy(Manifest manifest) {
        List<ServiceContract<?>> declared = new ArrayList<>();
        for (String key : manifest.services()) {
            ServiceContract<?> contract = byKey.get(key);
            if (contract == null) {
                return Result.refused(Problem.of(
                        ProblemCode.UNKNOWN_CONTRACT,
                        manifest.id(),
                        manifest.id() + " implements the service '" + key
                                + "', which this host does not know; it knows "
                                + (byKey.isEmpty() ? "none" : String.join(", ", byKey.keySet()))));
            }
            declared.add(contract);
        }
        return Result.ok(declared);
    }

    /** @throws IllegalArgumentException if there is none of that type */
    @SuppressWarnings("unchecked") // A contract is of its type's type.
    <T> ServiceContract<T> of(Class<T> type) {
        return byKey.values().stream()
                .filter(contract -> contract.type().equals(type))
                .map(contract -> (ServiceContract<T>) contract)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this host has no contract of the type "
                        + type.getName() + "; give it to the builder, or put its library on the class path"));
    }
}
