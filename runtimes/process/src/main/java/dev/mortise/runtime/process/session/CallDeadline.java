package dev.mortise.runtime.process.session;

import dev.mortise.api.CallInfo;
import io.grpc.CallOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Passes the host's deadline of a call on to gRPC, which tells the plugin. It is the host that ends the call, and gRPC only
 * where that comes too late.
 */
record CallDeadline(InstantSource clock) {

    private static final Duration LATER = Duration.ofMillis(20);

    CallOptions of(CallInfo info) {
        Duration left = Duration.between(clock.instant(), info.deadline()).plus(LATER);
        return CallOptions.DEFAULT.withDeadlineAfter(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    }
}
