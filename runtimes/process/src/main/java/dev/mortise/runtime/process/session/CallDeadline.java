package dev.mortise.runtime.process.session;

import dev.mortise.api.CallInfo;
import io.grpc.CallOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Passes the host's deadline of a call on to gRPC, which tells the plugin. */
record CallDeadline(InstantSource clock) {

    CallOptions of(CallInfo info) {
        Duration left = Duration.between(clock.instant(), info.deadline());
        return CallOptions.DEFAULT.withDeadlineAfter(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
    }
}
