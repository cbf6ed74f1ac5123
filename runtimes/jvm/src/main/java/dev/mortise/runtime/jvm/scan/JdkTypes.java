package dev.mortise.runtime.jvm.scan;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JDK's own classes, as plugins see them. Looks at them without initialising them. For use by one thread. */
final class JdkTypes {

    private final Map<String, Optional<Class<?>>> found = new HashMap<>();
    private final Map<String, Set<String>> methods = new HashMap<>();

    boolean exists(String name) {
        return find(name).isPresent();
    }

    /** Whether nobody inherits from a class, so that its methods are its own. */
    boolean isFinal(String name) {
        return find(name).filter(type -> Modifier.isFinal(type.getModifiers())).isPresent();
    }

    /** Whether a class inherits from another one; false if either is not there. */
    boolean isSubclass(String name, String parent) {
        return find(parent)
                .filter(above -> !Modifier.isFinal(above.getModifiers()))
                .flatMap(above -> find(name).map(above::isAssignableFrom))
                .orElse(false);
    }

    /** The names of the methods that a class or interface lets others call and its subclasses override. */
    Set<String> overridableMethods(String name) {
        return methods.computeIfAbsent(name, this::readOverridableMethods);
    }

    private Set<String> readOverridableMethods(String name) {
        Set<String> names = new HashSet<>();
        for (Class<?> type = find(name).orElse(null); type != null; type = type.getSuperclass()) {
            for (Method method : type.getMethods()) {
                names.add(method.getName());
            }
            for (Method method : type.getDeclaredMethods()) {
                names.add(method.getName());
            }
        }
        return names;
    }

    private Optional<Class<?>> find(String name) {
        return found.computeIfAbsent(name, JdkTypes::load);
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
