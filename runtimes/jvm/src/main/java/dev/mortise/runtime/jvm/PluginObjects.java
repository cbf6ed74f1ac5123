package dev.mortise.runtime.jvm;

import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.lang.reflect.InvocationTargetException;

/** Makes objects of the classes that a manifest names, and says in an author's words why one cannot be made. */
record PluginObjects(PluginClassLoader loader) {

    /**
     * Makes an object with the public constructor without parameters.
     *
     * @throws PluginStartException if the class is not there, or not what it must be
     * @throws Exception whatever the constructor or the class's initialiser throws
     */
    <T> T make(String className, Class<T> kind) throws Exception {
        Class<?> type = find(className);
        if (!kind.isAssignableFrom(type)) {
            throw new PluginStartException(className + " does not implement " + kind.getName());
        }
        try {
            return kind.cast(type.getConstructor().newInstance());
        } catch (NoSuchMethodException e) {
            throw new PluginStartException(className + " has no public constructor without parameters; add one");
        } catch (InstantiationException | IllegalAccessException e) {
            throw new PluginStartException(
                    className + " cannot be instantiated: make the class public and not abstract");
        } catch (InvocationTargetException e) {
            throw cause(e);
        } catch (ExceptionInInitializerError e) {
            throw cause(e);
        }
    }

    private Class<?> find(String className) throws Exception {
        try {
            return Class.forName(className, true, loader);
        } catch (ExceptionInInitializerError e) {
            throw cause(e);
        } catch (ClassNotFoundException e) {
            throw new PluginStartException(
                    "there is no class " + className + " in its package; correct class_name in the manifest");
        }
    }

    /** What the plugin's code threw, without the JDK's wrapping. */
    private static Exception cause(Throwable wrapper) {
        return switch (wrapper.getCause()) {
            case Exception cause -> cause;
            case Error cause -> throw cause;
            case null, default -> new IllegalStateException(wrapper);
        };
    }
}
