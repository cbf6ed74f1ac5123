package dev.mortise.runtime.jvm.author;

import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An annotated method of a plugin's main class, ready to be called. */
record AuthorMethod(Method method, MethodHandle handle, Site site) {

    /** The methods of the class with the annotation, in a stable order. */
    static List<AuthorMethod> of(Object plugin, Class<? extends Annotation> annotation) throws SignatureException {
        List<AuthorMethod> found = new ArrayList<>();
        for (Class<?> type = plugin.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(annotation) && !method.isBridge()) {
                    found.add(of(plugin, method, annotation));
                }
            }
        }
        found.sort(Comparator.comparing(one -> one.method().getName()));
        return found;
    }

    private static AuthorMethod of(Object plugin, Method method, Class<? extends Annotation> annotation)
            throws SignatureException {
        String where = method.getDeclaringClass().getName() + "." + method.getName();
        Site site = new Site(where);
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw site.error(
                    "a method with @" + annotation.getSimpleName() + " is public and not static", "make it so");
        }
        try {
            // The class itself need not be public.
            MethodHandle handle = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup())
                    .unreflect(method)
                    .bindTo(plugin)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new AuthorMethod(method, handle, site);
        } catch (IllegalAccessException e) {
            throw site.error("it cannot be called: " + e.getMessage(), "make its class public");
        }
    }

    @Nullable
    Object call(@Nullable Object[] arguments) throws Exception {
        try {
            return handle.invokeExact(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    List<Class<?>> parameterTypes() {
        return Arrays.asList(method.getParameterTypes());
    }
}
