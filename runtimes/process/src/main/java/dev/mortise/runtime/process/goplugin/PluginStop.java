package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.goplugin.StopReport.Step;
import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.wire.goplugin.Empty;
import dev.mortise.runtime.process.wire.goplugin.GRPCControllerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops a process step by step, each step with the same grace, and always to the end. */
final class PluginStop {

    private final PluginProcess process;
    private final Duration grace;
    private final long began = System.nanoTime();

    PluginStop(PluginProcess process, Duration grace) {
        this.process = process;
        this.grace = grace;
    }

    /** Asks by the protocol, then by SIGTERM, then ends the group. */
    StopReport gracefully(ManagedChannel channel) {
        if (!process.isAlive()) {
            return end(Step.HAD_EXITED);
        }
        if (askToShutDown(channel) && hasExited()) {
            return end(Step.SHUT_DOWN);
        }
        process.terminate();
        return hasExited() ? end(Step.TERMINATED) : forcibly();
    }

    /** Ends the group at once. */
    StopReport forcibly() {
        process.kill();
        hasExited();
        return end(Step.KILLED);
    }

    /** @return whether the plugin may be on its way out; it need not be able to answer any more */
    private boolean askToShutDown(ManagedChannel channel) {
        try {
            GRPCControllerGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(grace.toNanos(), TimeUnit.NANOSECONDS)
                    .shutdown(Empty.getDefaultInstance());
            return true;
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                // The connection went with the server: the usual answer of a plugin in Go.
                case UNAVAILABLE, CANCELLED, UNKNOWN, INTERNAL -> true;
                default -> false;
            };
        }
    }

    private boolean hasExited() {
        CompletableFuture<Integer> exit = process.onExit();
        boolean interrupted = false;
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            while (true) {
                try {
                    exit.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (TimeoutException e) {
                    return false;
                } catch (ExecutionException e) {
                    return true;
                } catch (InterruptedException e) {
                    // What has begun to stop is stopped: half-stopped plugins are of no use to anybody.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StopReport end(Step step) {
        OptionalInt status =
                process.onExit().isDone() ? OptionalInt.of(process.onExit().join()) : OptionalInt.empty();
        return new StopReport(step, status, Duration.ofNanos(System.nanoTime() - began));
    }
}
