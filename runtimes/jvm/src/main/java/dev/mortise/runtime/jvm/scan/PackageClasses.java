package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.PluginClassPath;
import dev.mortise.runtime.jvm.loading.VisiblePackages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The classes of one package, each read when it is first asked for. For use by one thread. */
final class PackageClasses {

    private final JdkTypes jdk = new JdkTypes();
    private final PluginClassPath classPath;
    private final Set<String> names;
    private final Map<String, Optional<ScannedClass>> read = new HashMap<>();
    private final Map<String, String> unreadable = new HashMap<>();

    PackageClasses(PluginClassPath classPath) {
        this.classPath = classPath;
        this.names = classPath.classes();
    }

    JdkTypes jdk() {
        return jdk;
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** Whether a class is neither here nor the JDK's nor the API's, but another plugin's. */
    boolean isForeign(String name) {
        String packageName = Reference.type(name).packageName();
        return !has(name) && !VisiblePackages.isPlatform(packageName) && !VisiblePackages.isApi(packageName);
    }

    /** Empty if there is none of the name, or it cannot be read. */
    Optional<ScannedClass> find(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        Optional<ScannedClass> known = read.get(name);
        if (known == null) {
            known = read(name);
            read.put(name, known);
        }
        return known;
    }

    private Optional<ScannedClass> read(String name) {
        try {
            byte[] content = classPath.classFile(name);
            return content == null ? Optional.empty() : Optional.of(ScannedClass.of(content));
        } catch (IOException | IllegalArgumentException e) {
            unreadable.put(name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Why a class that is there cannot be read; empty if it can. */
    Optional<String> whyUnreadable(String name) {
        return Optional.ofNullable(unreadable.get(name));
    }

    /** All superclasses and interfaces of a class, the JDK's only as far as the package's own classes name them. */
    Set<String> ancestors(ScannedClass type) {
        Set<String> ancestors = new LinkedHashSet<>();
        Queue<String> open = new ArrayDeque<>(type.parents());
        while (!open.isEmpty()) {
            String parent = open.remove();
            if (ancestors.add(parent)) {
                find(parent).ifPresent(found -> open.addAll(found.parents()));
            }
        }
        return ancestors;
    }
}
