package dev.mortise.host.guard;

import org.jspecify.annotations.Nullable;

/**
 * What a caller makes of a call that brought no result. Runs on the caller's thread when the guard is done with the
 * call; what it throws reaches the caller.
 */
@FunctionalInterface
public interface FailureMapping<R extends @Nullable Object> {

    R map(CallFailure failure);
}
