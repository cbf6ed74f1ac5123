package dev.mortise.runtime.jvm.scan;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The JDK's own classes, as plugins see them. Looks at them without initialising them. */
final class JdkTypes {

    private JdkTypes() {}

    static boolean exists(String name) {
        return find(name).isPresent();
    }

    /** Whether a class inherits from another one; false if either is not there. */
    static boolean isSubclass(String name, String parent) {
        return find(name)
                .flatMap(type -> find(parent).map(above -> above.isAssignableFrom(type)))
                .orElse(false);
    }

    /** The names of the methods that a class or interface lets others call and its subclasses override. */
    static Set<String> overridableMethods(String name) {
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

    private static Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
