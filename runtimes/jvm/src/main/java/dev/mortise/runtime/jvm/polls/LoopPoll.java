package dev.mortise.runtime.jvm.polls;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Links the polls in a plugin's loops. The one class of the host, besides the API, that a plugin's loader finds; it is
 * not for authors.
 */
public final class LoopPoll {

    private LoopPoll() {}

    /** The bootstrap method of every poll; called by the JVM when a loop first runs. */
    public static CallSite bootstrap(MethodHandles.Lookup caller, String name, MethodType type) {
        if (caller.lookupClass().getClassLoader() instanceof Polled loader) {
            return loader.pollSwitch().site();
        }
        throw new IllegalArgumentException(caller.lookupClass() + " is not a class of a plugin");
    }
}
