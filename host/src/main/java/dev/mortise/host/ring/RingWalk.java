package dev.mortise.host.ring;

import dev.mortise.api.Decision;
import dev.mortise.host.Problem;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.guard.CallChain;
import dev.mortise.host.guard.CallFailure;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.ring.RingSequence.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's way through some rings. The request's own thread walks it as far as every hook can be stopped at any time;
 * from the first one that cannot, a thread of the lane does. When a hook is stuck, whoever waits for that thread takes
 * over, and has another one go on behind the hook.
 *
 * <p>Plain fields are enough. The walking thread changes none of them while a hook is running, and touches none of them
 * once the guard has told it that its caller went on without it; and the guard's own word orders the one before the other.
 */
final class RingWalk {

    private static final RingOutcome PROCEED = new RingOutcome.Proceed();

    private final List<RingSequence> rings;
    private final @Nullable PassTrace trace;
    private HookRun run;

    private int ring;
    private int step;
    private long ringBegan;
    private boolean inRing;

    RingWalk(List<RingSequence> rings, HookRun run, @Nullable PassTrace trace) {
        this.rings = rings;
        this.run = run;
        this.trace = trace;
    }

    HookRun run() {
        return run;
    }

    /** The hook that comes next, or that is stuck; null when there is none any more. */
    @Nullable
    Step next() {
        for (int at = ring; at < rings.size(); at++) {
            int from = at == ring ? step : 0;
            if (from < rings.get(at).length()) {
                return rings.get(at).step(from);
            }
        }
        return null;
    }

    /** Walks on the request's own thread. @return what came of it, or null if the next hook needs a thread of the lane */
    @Nullable
    RingOutcome walkHere(CallChain chain) {
        return walk(chain, false);
    }

    /** Walks on a thread of the lane. @return what came of it, or null if the caller has gone on without this thread */
    @Nullable
    RingOutcome walkApart(CallChain chain) {
        return walk(chain, true);
    }

    private @Nullable RingOutcome walk(CallChain chain, boolean apart) {
        HookRun mine = run;
        while (ring < rings.size()) {
            RingSequence here = rings.get(ring);
            enter(chain.nanos());
            while (step < here.length()) {
                Step next = here.step(step);
                if (!apart && next.hook().needsThread()) {
                    return null;
                }
                long began = trace == null ? 0 : chain.nanos();
                mine.begin(here, next);
                @Nullable Object answer = next.hook().guard().call(chain, next.hook(), mine, failure -> failure);
                if (apart && answer instanceof CallFailure failure && isLeft(failure)) {
                    return null;
                }
                mine.end();
                step++;
                // Without a trace nobody wants to know, and the clock is what costs most here.
                long took = trace == null ? 0 : chain.nanos() - began;
                RingOutcome end = switch (answer) {
                    case CallFailure failure -> failed(here, next, failure, took);
                    case Decision decision -> decided(here, next, decision, took);
                    case null, default -> throw new IllegalStateException("a hook came to " + answer);
                };
                if (end != null) {
                    leave(here, chain.nanos());
                    return end;
                }
            }
            leave(here, chain.nanos());
        }
        return PROCEED;
    }

    private static boolean isLeft(CallFailure failure) {
        return failure instanceof CallFailure.TooLate
                || failure instanceof CallFailure.DeadlineExceeded overdue && overdue.stuck();
    }

    /**
     * The walking thread is stuck in a hook, and stays behind with the request as it was.
     *
     * @return what came of it, or null if the walk goes on behind the hook
     */
    @Nullable
    RingOutcome pass(CallFailure.DeadlineExceeded stuck, long now) {
        run = run.copy();
        return fail(stuck, now, stuck.deadline().toNanos());
    }

    /** No thread can be had: what is left of the walk is judged by the hooks' policies. */
    RingOutcome giveUp(CallFailure failure, long now) {
        while (next() != null) {
            RingOutcome end = fail(failure, now, 0);
            if (end != null) {
                return end;
            }
        }
        return PROCEED;
    }

    private @Nullable RingOutcome fail(CallFailure failure, long now, long nanos) {
        while (step >= rings.get(ring).length()) {
            leave(rings.get(ring), now);
        }
        RingSequence here = rings.get(ring);
        enter(now);
        RingOutcome end = failed(here, here.step(step), failure, nanos);
        step++;
        if (end != null) {
            leave(here, now);
        }
        return end;
    }

    private void enter(long now) {
        if (!inRing) {
            inRing = true;
            ringBegan = now;
        }
    }

    private void leave(RingSequence here, long now) {
        if (inRing && here.length() > 0) {
            here.log().ran(now, now - ringBegan);
            if (trace != null) {
                trace.ring(here.name(), now - ringBegan);
            }
        }
        inRing = false;
        ring++;
        step = 0;
    }

    private @Nullable RingOutcome decided(RingSequence here, Step step, Decision decision, long nanos) {
        run.keepNotes();
        return switch (decision) {
            case Decision.Passthrough _ -> {
                note(step, nanos, "passthrough");
                yield null;
            }
            case Decision.Modify modify -> {
                note(step, nanos, "modify");
                run.modify(modify);
                yield null;
            }
            case Decision.Block(int status, String errorType, String message) -> {
                note(step, nanos, "block");
                step.hook().countBlock();
                yield new RingOutcome.Blocked(
                        here.name(), step.hook().plugin(), status, errorType, message, Optional.empty());
            }
            case Decision.Respond(var response) -> {
                note(step, nanos, "respond");
                run.respond(response);
                yield new RingOutcome.Responded(here.name(), step.hook().plugin(), response);
            }
        };
    }

    private @Nullable RingOutcome failed(RingSequence here, Step step, CallFailure failure, long nanos) {
        run.dropNotes();
        Problem problem = failure.problem();
        note(step, nanos, problem.code().code());
        if (step.failPolicy() == FailPolicy.OPEN) {
            step.hook().countBypass();
            return null;
        }
        // What went wrong inside the plugin is for operators; the client learns which plugin it was.
        String message = "a check that this request must pass could not be carried out: plugin '"
                + step.hook().plugin() + "' " + reason(failure);
        return new RingOutcome.Blocked(
                here.name(), step.hook().plugin(), 503, errorType(failure), message, Optional.of(problem));
    }

    private static String errorType(CallFailure failure) {
        return switch (failure) {
            case CallFailure.DeadlineExceeded _, CallFailure.TooLate _ -> "hook_timeout";
            case CallFailure.Threw _, CallFailure.Expected _ -> "hook_failed";
            case CallFailure.Quarantined _ -> "hook_quarantined";
            case CallFailure.Saturated _ -> "hook_busy";
            case CallFailure.Stopped _, CallFailure.Interrupted _, CallFailure.Down _ -> "hook_unavailable";
        };
    }

    private static String reason(CallFailure failure) {
        return switch (failure) {
            case CallFailure.DeadlineExceeded _, CallFailure.TooLate _ -> "did not answer in time";
            case CallFailure.Threw _, CallFailure.Expected _ -> "failed";
            case CallFailure.Quarantined _ -> "is quarantined because it failed too often";
            case CallFailure.Saturated _ -> "is busy";
            case CallFailure.Stopped _, CallFailure.Interrupted _ -> "is being stopped";
            case CallFailure.Down _ -> "has gone down and is being started again";
        };
    }

    private void note(Step step, long nanos, String outcome) {
        if (trace != null) {
            trace.hook(step.hook().plugin(), nanos, outcome);
        }
    }
}
