package dev.mortise.host.ring;

import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.guard.CallChain;
import dev.mortise.host.guard.CallLane;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.guard.LaneSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * What all requests share on their way through rings: the threads that run hooks, and the traces. A request costs one
 * hand-over to such a thread, however many hooks it meets. Safe for use by several threads; the host closes it.
 */
public final class RingRunner implements AutoCloseable {

    private static final int THREADS = 512;
    private static final int BACKGROUND = 256;
    /** A deadline is for a hook's own work; on a busy machine it takes longer than some of them to start a thread. */
    private static final Duration HAND_OVER = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Guards guards;
    private final InstantSource clock;
    private final CallLane lane;
    private final RequestTraces traces;
    private final Runnable settleState;
    private final Semaphore background = new Semaphore(BACKGROUND);

    /** @param settleState waits until what hooks have written is durable */
    public RingRunner(Guards guards, InstantSource clock, RequestTraces traces, Runnable settleState) {
        this.guards = guards;
        this.clock = clock;
        this.traces = traces;
        this.settleState = settleState;
        this.lane = new CallLane(guards, LaneSettings.of("rings", THREADS).withPatience(HAND_OVER), null);
    }

    /** Opens a pass in a generation that has been entered; the pass leaves it. */
    public <B> RingPass<B> open(RingRequest<B> request, String traceId, PassScope scope) {
        PassTrace trace = traces.isOn()
                ? new PassTrace(
                        traceId,
                        clock.instant(),
                        request.caller().name(),
                        request.session(),
                        scope.generation(),
                        System.nanoTime())
                : null;
        return new LivePass<>(this, request, scope, traceId, trace);
    }

    public RequestTraces traces() {
        return traces;
    }

    /** A plugin has been stopped: whatever it has left in the threads that ran its hooks goes with them. */
    public void renewThreads() {
        lane.renewThreads();
    }

    CallLane lane() {
        return lane;
    }

    CallChain chain(String traceId, String caller, long generation) {
        return guards.chain(traceId, caller, generation).tracedElsewhere();
    }

    /** @throws dev.mortise.host.spi.StorageException if the disk does not take it */
    void settleState() {
        settleState.run();
    }

    long nanoTime() {
        return System.nanoTime();
    }

    /** @return false if too much is going on in the background already */
    boolean inBackground(Runnable task) {
        if (!background.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("mortise-background-ring").start(() -> {
            try {
                task.run();
            } finally {
                background.release();
            }
        });
        return true;
    }

    @Override
    public void close() {
        lane.close(PATIENCE);
    }
}
