package dev.mortise.runtime.jvm.leftovers;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields of the JDK that hold what a plugin has left. They can be seen where the JVM was started with {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}, and likewise for {@code java.util} and {@code java.util.concurrent}; without, or
 * where this JDK has no such field, the answer is "nothing", and less is found.
 */
final class JdkInternals {

    private final Map<String, Optional<Field>> fields = new ConcurrentHashMap<>();

    /** What to tell an operator who would like to see more; empty if everything can be seen. */
    String advice() {
        return field(Thread.class, "threadLocals").isPresent()
                ? ""
                : "; a JVM started with --add-opens=java.base/java.lang=ALL-UNNAMED shows thread locals and shutdown hooks";
    }

    /** The value of a field; null also where it cannot be seen. */
    @Nullable
    Object get(Class<?> declaring, String name, @Nullable Object object) {
        Optional<Field> field = field(declaring, name);
        try {
            return field.isPresent() ? field.get().get(object) : null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("an accessible field is not", e);
        }
    }

    /** Sets a field; tells whether that was possible. */
    boolean set(Class<?> declaring, String name, Object object, @Nullable Object value) {
        Optional<Field> field = field(declaring, name);
        if (field.isEmpty()) {
            return false;
        }
        try {
            field.get().set(object, value);
            return true;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("an accessible field is not", e);
        }
    }

    /** Calls a method without arguments. @return whether it could be called and did not throw */
    boolean call(Object object, String name) {
        try {
            Method method = object.getClass().getDeclaredMethod(name);
            if (!open(method)) {
                return false;
            }
            method.invoke(object);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private Optional<Field> field(Class<?> declaring, String name) {
        return fields.computeIfAbsent(declaring.getName() + "." + name, key -> {
            try {
                Field field = declaring.getDeclaredField(name);
                return open(field) ? Optional.of(field) : Optional.empty();
            } catch (NoSuchFieldException e) {
                return Optional.empty();
            }
        });
    }

    private static boolean open(AccessibleObject member) {
        try {
            member.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            return false;
        }
    }
}
