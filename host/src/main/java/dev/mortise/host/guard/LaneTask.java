package dev.mortise.host.guard;

import org.jspecify.annotations.Nullable;

/** What a lane's thread does for a request: the host's own code, which makes guarded calls with the chain. */
@FunctionalInterface
public interface LaneTask<R extends @Nullable Object> {

    /**
     * Runs on a thread of the lane.
     *
     * @param chain for the calls of this task, and for nothing after it
     */
    R run(CallChain chain);
}
