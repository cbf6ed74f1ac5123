package dev.mortise.host.guard;

import dev.mortise.host.Problem;
import dev.mortise.host.Traces.Trace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is noted down about the calls of one contribution: statistics, traces, and the failures that may open the
 * plugin's breaker. Every call that begins is noted exactly once.
 */
final class CallLedger {

    private static final int TRACED_MESSAGE = 1_000;

    private final Callee callee;
    private final Breaker breaker;
    private final InstantSource wallClock;
    private final TraceRing traces;
    private final LatencyLog latency;
    private final FaultHistory faults;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong expectedFailures = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    CallLedger(Callee callee, Breaker breaker, Guards guards) {
        this.callee = callee;
        this.breaker = breaker;
        this.wallClock = guards.wallClock();
        this.traces = guards.traces();
        this.latency = new LatencyLog(
                Runtime.getRuntime().availableProcessors(), guards.clock().nanoTime());
        this.faults = new FaultHistory(breaker.policy());
    }

    /** @return how many calls the duration of one that begins is to stand for; with 0 it is not needed */
    int choose(int thread, long looks) {
        return latency.choose(thread, looks);
    }

    /** The way of almost every call of a busy contribution, whose duration is not needed. */
    void succeeded(int thread) {
        latency.count(thread);
        if (faults.isRunning()) {
            faults.succeeded();
        }
    }

    /** @param weight how many calls the duration stands for, which may be none */
    void succeeded(CallChain chain, long end, long nanos, int thread, int weight, boolean probe) {
        latency.add(end, nanos, thread, weight);
        succeeded(thread);
        if (probe) {
            breaker.probeSucceeded(end);
        }
        if (isTracing(chain)) {
            traces.record(trace(chain, nanos, "ok", ""));
        }
    }

    void failed(CallChain chain, CallFailure failure, long end, long nanos, int thread, boolean probe) {
        latency.record(end, nanos, thread);
        switch (failure) {
            case CallFailure.DeadlineExceeded _ -> {
                timeouts.incrementAndGet();
                fault(chain, failure, end, nanos, probe);
            }
            case CallFailure.Threw _ -> fault(chain, failure, end, nanos, probe);
            case CallFailure.Expected _ -> {
                expectedFailures.incrementAndGet();
                faults.succeeded();
                if (probe) {
                    breaker.probeSucceeded(end);
                }
                traceIfOn(chain, failure, nanos);
            }
            case CallFailure.Down _ -> {
                failures.incrementAndGet();
                if (probe) {
                    breaker.returnProbe();
                }
                traceIfOn(chain, failure, nanos);
            }
            case CallFailure.Interrupted _,
                    CallFailure.Stopped _,
                    CallFailure.TooLate _,
                    CallFailure.Saturated _,
                    CallFailure.Quarantined _ -> {
                if (probe) {
                    breaker.returnProbe();
                }
                traceIfOn(chain, failure, nanos);
            }
        }
    }

    private void fault(CallChain chain, CallFailure failure, long end, long nanos, boolean probe) {
        failures.incrementAndGet();
        if (probe) {
            breaker.probeFailed(end, callee + " failed again when it was tried");
        } else {
            faults.failed(end, latency.calls(), breaker.era())
                    .ifPresent(why -> breaker.trip(end, callee + " had " + why));
        }
        traces.recordFault(trace(chain, nanos, failure));
    }

    /** Notes a call that was not begun. */
    CallFailure refused(CallChain chain, CallFailure failure) {
        refused.incrementAndGet();
        traceIfOn(chain, failure, 0);
        return failure;
    }

    boolean isTracing(CallChain chain) {
        return traces.isOn() && !chain.isTracedElsewhere();
    }

    private void traceIfOn(CallChain chain, CallFailure failure, long nanos) {
        if (isTracing(chain)) {
            traces.record(trace(chain, nanos, failure));
        }
    }

    private Trace trace(CallChain chain, long nanos, CallFailure failure) {
        Problem problem = failure.problem();
        String message = problem.message();
        String kept = message.length() <= TRACED_MESSAGE ? message : message.substring(0, TRACED_MESSAGE - 1) + "…";
        return trace(chain, nanos, problem.code().code(), kept);
    }

    private Trace trace(CallChain chain, long nanos, String outcome, String message) {
        Duration duration = Duration.ofNanos(nanos);
        return new Trace(
                chain.traceId(),
                wallClock.instant().minus(duration),
                callee.plugin().value(),
                callee.name(),
                chain.generation(),
                chain.caller(),
                duration,
                outcome,
                message);
    }

    CallStatistics statistics(long now, int inFlight, int abandoned) {
        return new CallStatistics(
                callee,
                latency.calls(),
                failures.get(),
                timeouts.get(),
                expectedFailures.get(),
                refused.get(),
                inFlight,
                abandoned,
                latency.all(),
                latency.recent(now));
    }
}
