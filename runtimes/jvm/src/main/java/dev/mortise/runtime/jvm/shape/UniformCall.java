package dev.mortise.runtime.jvm.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * A method or constructor of a plugin, called with its arguments in an array. The JVM makes some classes for each way of
 * passing arguments on. That is left to the first call: most methods are not called while a host starts, and making the
 * classes for all took the better part of a plugin's start. Safe for use by several threads.
 */
public final class UniformCall {

    private static final MethodType UNIFORM = MethodType.methodType(Object.class, Object[].class);

    private final MethodHandle target;
    private final @Nullable Object receiver;
    private volatile @Nullable MethodHandle uniform;

    private UniformCall(MethodHandle target, @Nullable Object receiver) {
        this.target = target;
        this.receiver = receiver;
    }

    /** All arguments are given with each call, the receiver of an instance method first. */
    public static UniformCall of(MethodHandle target) {
        return new UniformCall(target, null);
    }

    /** A method of the receiver, which takes the other arguments. */
    public static UniformCall of(MethodHandle target, Object receiver) {
        return new UniformCall(target, receiver);
    }

    /** Passes on whatever is thrown. */
    public @Nullable Object with(@Nullable Object... arguments) throws Throwable {
        MethodHandle known = uniform;
        if (known == null) {
            // Two threads may both make one, and either serves.
            known = adapt();
            uniform = known;
        }
        return (Object) known.invokeExact(arguments);
    }

    private MethodHandle adapt() {
        MethodHandle bound = receiver == null ? target : target.bindTo(receiver);
        return bound.asFixedArity()
                .asSpreader(Object[].class, bound.type().parameterCount())
                .asType(UNIFORM);
    }
}
