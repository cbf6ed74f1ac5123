package dev.mortise.host.guard;

import dev.mortise.api.FunctionException;
import dev.mortise.host.guard.DeadlineSlot.Ending;
import dev.mortise.host.spi.PluginUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way into one contribution of a plugin, or one of its life-cycle steps. Whatever the plugin does, a call through
 * the guard returns a value or a mapped failure; a call that goes well allocates nothing.
 *
 * <p>The call runs on the calling thread. A thread that does not answer to being interrupted and stopped stays in the
 * call; where the caller must go on nevertheless, it goes through a {@link CallLane}. Safe for use by several threads.
 */
public final class CallGuard {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Guards guards;
    private final PluginGuard plugin;
    private final Callee callee;
    private final int number;
    private final long timeout;
    private final Gate gate;
    private final NanoClock clock;
    private final DeadlineWatchdog watchdog;
    private final CallLedger ledger;
    private volatile boolean resisted;

    CallGuard(Guards guards, PluginGuard plugin, Callee callee, Gate gate, Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the deadline of " + callee + " must be above 0 and at most a day, not " + timeout);
        }
        this.guards = guards;
        this.plugin = plugin;
        this.callee = callee;
        this.number = guards.registry().nextNumber();
        this.timeout = timeout.toNanos();
        this.gate = gate;
        this.clock = guards.clock();
        this.watchdog = guards.watchdog();
        this.ledger = new CallLedger(callee, gate.breaker(), guards);
    }

    public Callee callee() {
        return callee;
    }

    /** How long a call may take. */
    public Duration timeout() {
        return Duration.ofNanos(timeout);
    }

    /** Whether a call did not end although it had been told to for about a second. Not taken back. */
    public boolean hasResisted() {
        return resisted;
    }

    void resists() {
        resisted = true;
    }

    /** Whether the plugin is quarantined at this moment. */
    public BreakerState breaker() {
        return gate.breaker().state(clock.nanoTime());
    }

    public CallStatistics statistics() {
        int inFlight = guards.watchdog().underWay(number);
        return ledger.statistics(
                clock.nanoTime(), inFlight, plugin.abandonedCalls().countOf(callee));
    }

    /**
     * Calls the plugin on the current thread.
     *
     * @param chain gives the time that the call starts at and takes the time that it ended at
     * @param onFailure what to return if there is no result
     */
    public <A extends @Nullable Object, R extends @Nullable Object> R call(
            CallChain chain, GuardedCall<A, R> target, A argument, FailureMapping<R> onFailure) {
        DeadlineSlot slot = chain.slot();
        if (slot.isBusy()) {
            slot.prepareNested();
        }
        if (gate.tryEnter(slot.index())) {
            return run(chain, slot, target, argument, onFailure, false);
        }
        return knock(chain, slot, target, argument, onFailure);
    }

    /** What a call comes to if the gate does not simply let it in. */
    private <A extends @Nullable Object, R extends @Nullable Object> R knock(
            CallChain chain, DeadlineSlot slot, GuardedCall<A, R> target, A argument, FailureMapping<R> onFailure) {
        if (gate.isShut()) {
            return onFailure.map(ledger.refused(chain, new CallFailure.Stopped(callee)));
        }
        Breaker.Answer answer = gate.breaker().knock(chain.nanos());
        if (answer == Breaker.Answer.REFUSE) {
            return onFailure.map(ledger.refused(chain, quarantined(chain.nanos())));
        }
        boolean probe = answer == Breaker.Answer.PROBE;
        if (!gate.takePlace(slot.index())) {
            returnProbe(probe);
            return onFailure.map(ledger.refused(chain, saturated()));
        }
        return run(chain, slot, target, argument, onFailure, probe);
    }

    private <A extends @Nullable Object, R extends @Nullable Object> R run(
            CallChain chain,
            DeadlineSlot slot,
            GuardedCall<A, R> target,
            A argument,
            FailureMapping<R> onFailure,
            boolean probe) {
        long looks = watchdog.looks();
        int weight = ledger.choose(slot.index(), looks);
        boolean timed = weight != 0 || probe || ledger.isTracing(chain);
        chain.begin(looks, timed);
        long start = chain.began();
        if (!slot.enter(number, start, chain.deadlineOfCall(timeout), probe)) {
            return turnBack(chain, slot, onFailure, probe);
        }
        R value;
        try {
            value = target.call(argument);
        } catch (Throwable thrown) {
            CallFailure failure = report(slot, thrown);
            long deadline = slot.deadline();
            return failed(chain, slot, slot.leave(), failure, deadline, onFailure, probe);
        }
        long deadline = slot.deadline();
        Ending ending = slot.leave();
        if (ending != Ending.IN_TIME) {
            return failed(chain, slot, ending, null, deadline, onFailure, probe);
        }
        boolean isLong = watchdog.looks() - looks > 1;
        if (!timed && !isLong) {
            gate.leave(slot.index());
            chain.advanceUnread();
            ledger.succeeded(slot.index());
            return value;
        }
        long end = clock.nanoTime();
        gate.leave(slot.index());
        chain.advance(end);
        ledger.succeeded(chain, end, end - start, slot.index(), isLong ? 1 : weight, probe);
        return value;
    }

    /** Still within the call: looking at what was thrown may run the plugin's code. */
    private CallFailure report(DeadlineSlot slot, Throwable thrown) {
        if (thrown instanceof FunctionException expected) {
            return FaultReport.expected(callee, expected);
        }
        if (thrown instanceof InterruptedException && slot.owner().isInterruptedByOthers()) {
            return new CallFailure.Interrupted(callee);
        }
        if (thrown instanceof PluginUnavailableException down) {
            return FaultReport.down(callee, down);
        }
        return FaultReport.fault(callee, thrown);
    }

    /** @param thrown what the call failed with; void, as a value would be, if it did not end in time */
    private <R extends @Nullable Object> R failed(
            CallChain chain,
            DeadlineSlot slot,
            Ending ending,
            @Nullable CallFailure thrown,
            long deadline,
            FailureMapping<R> onFailure,
            boolean probe) {
        long start = chain.began();
        long end = clock.nanoTime();
        gate.leave(slot.index());
        chain.advance(end);
        CallFailure failure = ending == Ending.IN_TIME && thrown != null
                ? thrown
                : late(ending, allowed(start, deadline), end - deadline);
        if (failure instanceof CallFailure.Interrupted) {
            Thread.currentThread().interrupt();
        }
        if (ending != Ending.ABANDONED) {
            ledger.failed(chain, failure, end, end - start, slot.index(), probe);
        }
        return onFailure.map(failure);
    }

    /** None, where the caller's own deadline had passed before the call began. */
    private Duration allowed(long start, long deadline) {
        return Duration.ofNanos(Math.clamp(deadline - start, 0, timeout));
    }

    private CallFailure late(Ending ending, Duration allowed, long nanosAfterDeadline) {
        boolean abandoned = ending == Ending.ABANDONED;
        return abandoned || nanosAfterDeadline >= 0
                ? new CallFailure.DeadlineExceeded(callee, allowed, abandoned)
                : new CallFailure.Stopped(callee);
    }

    /** The thread is in a call that is overdue, or that nobody waits for: it must come back, not go further. */
    private <R extends @Nullable Object> R turnBack(
            CallChain chain, DeadlineSlot slot, FailureMapping<R> onFailure, boolean probe) {
        gate.leave(slot.index());
        returnProbe(probe);
        return onFailure.map(ledger.refused(chain, new CallFailure.TooLate(callee)));
    }

    private void returnProbe(boolean probe) {
        if (probe) {
            gate.breaker().returnProbe();
        }
    }

    /** Why a call would be refused at once, if it would, so that no thread is taken for it; counted then. */
    Optional<CallFailure> refusal(CallChain chain) {
        Breaker breaker = gate.breaker();
        if (gate.isShut()) {
            return Optional.of(ledger.refused(chain, new CallFailure.Stopped(callee)));
        }
        if (!breaker.isCalm() && breaker.refuses(chain.nanos())) {
            return Optional.of(ledger.refused(chain, quarantined(chain.nanos())));
        }
        return gate.isFull() ? Optional.of(ledger.refused(chain, saturated())) : Optional.empty();
    }

    /** No thread could be had for the call. */
    CallFailure refusedForWantOfThread(CallChain chain, String reason) {
        return ledger.refused(chain, new CallFailure.Saturated(callee, reason));
    }

    CallFailure refusedBecauseStopped(CallChain chain) {
        return ledger.refused(chain, new CallFailure.Stopped(callee));
    }

    private CallFailure quarantined(long now) {
        return switch (gate.breaker().state(now)) {
            case BreakerState.Open(String reason, Optional<Duration> retryAfter) ->
                new CallFailure.Quarantined(callee, reason, retryAfter);
            case BreakerState.HalfOpen(String reason) ->
                new CallFailure.Quarantined(callee, reason + ", and is being tried again", Optional.of(Duration.ZERO));
            case BreakerState.Closed _ ->
                new CallFailure.Quarantined(callee, "it has been released this moment", Optional.of(Duration.ZERO));
        };
    }

    private CallFailure saturated() {
        int stuck = plugin.abandonedCalls().count();
        return new CallFailure.Saturated(
                callee,
                "all " + gate.limit() + " calls that the plugin may run at a time are under way"
                        + (stuck == 0 ? "" : ", " + stuck + " of them stuck"));
    }

    /** Notes a call down whose caller goes on without it. Whoever does so holds the call's slot. */
    CallFailure accountForAbandoned(CallFrame call, CallChain chain, long now, int thread) {
        Duration allowed = allowed(call.start, call.deadline);
        CallFailure failure = new CallFailure.DeadlineExceeded(callee, allowed, true);
        ledger.failed(chain, failure, now, now - call.start, thread, call.probe);
        return failure;
    }

    AbandonedCalls.Entry abandon(Thread thread) {
        return plugin.abandonedCalls().add(callee, thread);
    }

    int number() {
        return number;
    }

    PluginGuard plugin() {
        return plugin;
    }
}
