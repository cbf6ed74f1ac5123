package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether an object keeps a plugin's classes: it is one, or an instance of one, or the loader, or holds such a thing. */
record Belonging(PluginClassLoader plugin) {

    private static final int MOST_ELEMENTS = 1_000;

    /** Whether the object itself is the plugin's. */
    boolean isOwn(@Nullable Object object) {
        return switch (object) {
            case null -> false;
            case Class<?> type -> plugin.owns(type);
            case ClassLoader loader -> isOrDescends(loader);
            default ->
                plugin.owns(object.getClass()) || isOrDescends(object.getClass().getClassLoader());
        };
    }

    /** As {@link #isOwn}, and also for a container of the JDK with something of the plugin in it. */
    boolean isOwnOrHolds(@Nullable Object object) {
        return isOwn(object) || elements(object).limit(MOST_ELEMENTS).anyMatch(this::isOwn);
    }

    /** The plugin may make loaders of its own below its loader. */
    private boolean isOrDescends(@Nullable ClassLoader loader) {
        for (ClassLoader current = loader; current != null; current = current.getParent()) {
            if (current.equals(plugin)) {
                return true;
            }
        }
        return false;
    }

    private static Stream<?> elements(@Nullable Object object) {
        if (object == null || object.getClass().getClassLoader() != null) {
            // Only the JDK's own classes: asking others would run their code.
            return object instanceof Object[] array ? Arrays.stream(array) : Stream.empty();
        }
        try {
            return switch (object) {
                case Collection<?> collection -> Arrays.stream(collection.toArray());
                case Map<?, ?> map ->
                    Stream.concat(
                            Arrays.stream(map.keySet().toArray()),
                            Arrays.stream(map.values().toArray()));
                case Object[] array -> Arrays.stream(array);
                case Optional<?> optional -> optional.stream();
                case AtomicReference<?> reference -> Stream.ofNullable(reference.get());
                default -> Stream.empty();
            };
        } catch (RuntimeException e) {
            // It belongs to a thread that is changing it at this moment.
            return Stream.empty();
        }
    }
}
