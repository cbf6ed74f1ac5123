package dev.mortise.host.generation;

import dev.mortise.host.Actor;
import java.time.Duration;
import java.util.Optional;

/**
 * What a call that is under way passes on to the calls that it makes: they stay in its generation, within its deadline
 * and on its trace.
 *
 * @param deadlineNanos on the scale of {@link System#nanoTime}
 */
record CallScope(LiveGeneration generation, Actor caller, String traceId, long deadlineNanos) {

    /**
     * Of calls that begin in the host's own code: hooks, functions and services have deadlines of their own, which are
     * sooner. A hundred years from now; readings of the clock can be compared that are less than 292 years apart.
     */
    static final long NO_DEADLINE = System.nanoTime() + Duration.ofDays(36_500).toNanos();

    /** Bound while a plugin's code runs on a thread of the host's. */
    static final ScopedValue<CallScope> CURRENT = ScopedValue.newInstance();

    /**
     * Of a call from outside that begins now.
     *
     * @param limit the plugin's, which a later deadline is cut to
     * @param asked by the caller
     */
    static CallScope beginning(
            LiveGeneration generation, Actor caller, String traceId, Duration limit, Optional<Duration> asked) {
        long wanted = asked.map(one -> Math.max(0, one.toNanos())).orElse(Long.MAX_VALUE);
        return new CallScope(generation, caller, traceId, System.nanoTime() + Math.min(limit.toNanos(), wanted));
    }
}
