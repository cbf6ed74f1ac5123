package dev.mortise.host.generation;

import dev.mortise.host.Actor;
import dev.mortise.host.guard.TraceId;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The way of the host's own code into the live generation, or into that of the call that it is a part of. */
final class LiveEntrance implements ServiceCalls.Entrance {

    private final Current current;

    LiveEntrance(Current current) {
        this.current = current;
    }

    @Override
    public @Nullable Object use(ServiceCalls.Use use) throws Throwable {
        if (CallScope.CURRENT.isBound()) {
            return use.in(CallScope.CURRENT.get());
        }
        LiveGeneration generation = current.enter();
        try {
            String traceId = TraceId.random(ThreadLocalRandom.current());
            return use.in(new CallScope(generation, Actor.EMBEDDER, traceId, CallScope.NO_DEADLINE));
        } finally {
            generation.leave();
        }
    }
}
