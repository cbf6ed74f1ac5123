package dev.mortise.host.generation;

import dev.mortise.host.Actor;

/**
 * What a call that is under way passes on to the calls that it makes: they stay in its generation, within its deadline
 * and on its trace.
 *
 * @param deadlineNanos on the scale of {@link System#nanoTime}
 */
record CallScope(LiveGeneration generation, Actor caller, String traceId, long deadlineNanos) {

    /** Bound while a plugin's code runs on a thread of the host's. */
    static final ScopedValue<CallScope> CURRENT = ScopedValue.newInstance();
}
