package dev.mortise.runtime.jvm.author;

import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;
import dev.mortise.runtime.jvm.shape.SnakeCase;
import dev.mortise.runtime.jvm.shape.UniformCall;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method of a plugin's main class, ready to be called.
 *
 * @param call takes the arguments and gives what the method returns
 */
record AuthorMethod(Method method, UniformCall call, Site site) {

    /** The methods of the class with the annotation, inherited ones too, by name. */
    static List<AuthorMethod> of(Object plugin, Class<? extends Annotation> annotation) throws SignatureException {
        List<AuthorMethod> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Class<?> type = plugin.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                // What a subclass overrides is the subclass's, with its annotation or without.
                boolean overridden = !seen.add(method.getName() + Arrays.toString(method.getParameterTypes()));
                if (!overridden && !method.isBridge() && method.isAnnotationPresent(annotation)) {
                    found.add(of(plugin, method, annotation));
                }
            }
        }
        found.sort(Comparator.comparing(one -> one.method().getName()));
        return found;
    }

    private static AuthorMethod of(Object plugin, Method method, Class<? extends Annotation> annotation)
            throws SignatureException {
        Site site = new Site(method.getDeclaringClass().getName() + "." + method.getName());
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw site.error(
                    "a method with @" + annotation.getSimpleName() + " is public and not static", "make it so");
        }
        try {
            // The class itself need not be public.
            MethodHandles.Lookup lookup =
                    MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
            return new AuthorMethod(method, UniformCall.of(lookup.unreflect(method), plugin), site);
        } catch (IllegalAccessException e) {
            throw site.error("it cannot be called: " + e.getMessage(), "make its class public");
        }
    }

    <A extends Annotation> A annotation(Class<A> type) {
        A annotation = method.getAnnotation(type);
        if (annotation == null) {
            throw new IllegalStateException(site.where() + " was found by another annotation");
        }
        return annotation;
    }

    String name(String given) {
        return given.isEmpty() ? SnakeCase.of(method.getName()) : given;
    }

    @Nullable
    Object call(@Nullable Object[] arguments) throws Exception {
        try {
            return call.with(arguments);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(site.where() + " threw what is neither exception nor error", e);
        }
    }
}
