package dev.mortise.host.guard;

import org.jspecify.annotations.Nullable;

/**
 * A way into a plugin. Made once per contribution, so that calling through it costs nothing but the call.
 *
 * @param <A> the argument
 * @param <R> the result
 */
@FunctionalInterface
public interface GuardedCall<A extends @Nullable Object, R extends @Nullable Object> {

    /**
     * Calls the plugin.
     *
     * @throws Throwable whatever the plugin throws; the guard contains all of it
     */
    R call(A argument) throws Throwable;
}
