package dev.mortise.runtime.jvm.polls;

import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * What the loops of a plugin call. Not used by the host itself: each plugin's loader defines this class anew, so that
 * each has a constant of its own, which compiled code sees through. Refers to JDK types only, as nothing else of the
 * host can be found from there.
 */
public final class LoopPoll {

    private static final MethodHandle POLL = poll(LoopPoll.class.getClassLoader());

    private LoopPoll() {}

    @SuppressWarnings("unchecked") // the loaders that define this class supply nothing else
    private static MethodHandle poll(ClassLoader loader) {
        return ((Supplier<MethodHandle>) loader).get();
    }

    public static void poll() throws Throwable {
        POLL.invokeExact();
    }
}
