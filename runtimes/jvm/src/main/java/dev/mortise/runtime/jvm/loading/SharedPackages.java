package dev.mortise.runtime.jvm.loading;

import dev.mortise.host.spi.ServiceContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packages of the host's that a plugin sees because it implements contracts, and where they come from. */
public final class SharedPackages {

    public static final SharedPackages NONE = new SharedPackages(Map.of());

    private final Map<String, ClassLoader> loaders;

    private SharedPackages(Map<String, ClassLoader> loaders) {
        this.loaders = Map.copyOf(loaders);
    }

    /** The package of each contract. */
    public static SharedPackages of(List<ServiceContract<?>> contracts) {
        Map<String, ClassLoader> loaders = new HashMap<>();
        for (ServiceContract<?> contract : contracts) {
            ClassLoader loader = contract.type().getClassLoader();
            // The JDK's own, which has no loader, every plugin sees anyway.
            if (loader != null) {
                loaders.put(contract.type().getPackageName(), loader);
            }
        }
        return new SharedPackages(loaders);
    }

    @Nullable
    ClassLoader loader(String packageName) {
        return loaders.get(packageName);
    }
}
