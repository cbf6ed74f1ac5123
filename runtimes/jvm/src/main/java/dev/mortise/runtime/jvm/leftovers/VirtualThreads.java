package dev.mortise.runtime.jvm.leftovers;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * The virtual threads of this JVM, which no public interface lists. They can be seen where the JVM was started with
 * {@code --add-exports java.base/jdk.internal.vm=ALL-UNNAMED}.
 */
final class VirtualThreads {

    List<Thread> list() {
        try {
            Class<?> containers = Class.forName("jdk.internal.vm.ThreadContainers");
            Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
            return threads(
                            containers.getMethod("root").invoke(null),
                            container.getMethod("threads"),
                            container.getMethod("children"))
                    .filter(Thread::isVirtual)
                    .filter(thread -> !thread.equals(Thread.currentThread()))
                    .toList();
        } catch (ReflectiveOperationException e) {
            // Not exported, or not in this JDK.
            return List.of();
        }
    }

    private static Stream<Thread> threads(Object container, Method threads, Method children)
            throws ReflectiveOperationException {
        Stream<Thread> found = ((Stream<?>) threads.invoke(container)).map(Thread.class::cast);
        for (Object child : ((Stream<?>) children.invoke(container)).toList()) {
            found = Stream.concat(found, threads(child, threads, children));
        }
        return found;
    }
}
