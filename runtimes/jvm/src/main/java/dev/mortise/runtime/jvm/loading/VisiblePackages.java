package dev.mortise.runtime.jvm.loading;

import java.util.Set;
import java.util.stream.Collectors;

/** The packages that every plugin sees although they are not its own. */
public final class VisiblePackages {

    /** Always the host's, also where a plugin has brought a copy: both sides must mean the same types. */
    private static final Set<String> API = Set.of("dev.mortise.api", "dev.mortise.api.json");

    /** The host's where the plugin has none of its own. Plugins compile against them and rarely pack them. */
    private static final Set<String> ANNOTATIONS = Set.of("org.jspecify.annotations");

    private static final Set<String> PLATFORM = ModuleLayer.boot().modules().stream()
            .filter(module ->
                    module.getName().startsWith("java.") || module.getName().startsWith("jdk."))
            .flatMap(module -> module.getPackages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private VisiblePackages() {}

    public static boolean isApi(String name) {
        return API.contains(name);
    }

    static boolean isAnnotations(String name) {
        return ANNOTATIONS.contains(name);
    }

    /** Asked for by name, because on a module path the platform loader finds the host's own modules too. */
    public static boolean isPlatform(String name) {
        return PLATFORM.contains(name);
    }
}
