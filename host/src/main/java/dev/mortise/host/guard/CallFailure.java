package dev.mortise.host.guard;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a call brought no result. Holds text and numbers only: a throwable kept by the host would keep the plugin's
 * classes in memory.
 */
public sealed interface CallFailure {

    Callee callee();

    /** The failure in the terms of the host's operations. */
    Problem problem();

    /**
     * The call did not end in time. Counts against the plugin.
     *
     * @param stuck whether the call goes on: it answers to nothing that the host can do, and holds its thread
     */
    record DeadlineExceeded(Callee callee, Duration deadline, boolean stuck) implements CallFailure {

        @Override
        public Problem problem() {
            String message = callee + " did not answer within " + DurationText.of(deadline)
                    + (stuck ? ", cannot be stopped and still holds its thread" : " and was stopped")
                    + "; if it needs longer, raise its deadline in the manifest";
            return Problem.of(ProblemCode.DEADLINE_EXCEEDED, callee.plugin(), message)
                    .with("deadline_ms", deadline.toMillis())
                    .with("stuck", stuck);
        }
    }

    /**
     * The plugin threw something that is not meant for callers. Counts against the plugin.
     *
     * @param type the class of what was thrown
     * @param message what it said, cut to a reasonable length; possibly empty
     * @param where the place in the source that threw it; possibly empty
     */
    record Threw(Callee callee, FaultKind kind, String type, String message, String where) implements CallFailure {

        @Override
        public Problem problem() {
            String said = message.isEmpty() ? "" : ": " + message;
            String place = where.isEmpty() ? "" : " at " + where;
            return Problem.of(
                            ProblemCode.PLUGIN_FAULT,
                            callee.plugin(),
                            callee + " failed with " + type + said + place + "; this is a fault in the plugin")
                    .with("exception", type);
        }
    }

    /**
     * The author refuses the call with a {@code FunctionException}. Does not count against the plugin.
     *
     * @param code the author's own, in snake case
     */
    record Expected(Callee callee, String code, String message, JsonObject details) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(ProblemCode.FUNCTION_FAILED, callee.plugin(), message)
                    .with("error", code)
                    .with("details", details);
        }
    }

    /** Too many calls of the plugin are under way; this one was not begun. */
    record Saturated(Callee callee, String reason) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(
                    ProblemCode.TOO_MANY_CALLS,
                    callee.plugin(),
                    callee + " was not called: " + reason + "; try again later or raise limits.concurrency");
        }
    }

    /**
     * The plugin is kept from being called because of earlier failures; this call was not begun.
     *
     * @param retryAfter when it is tried again; empty if that depends on calls that are stuck
     */
    record Quarantined(Callee callee, String reason, Optional<Duration> retryAfter) implements CallFailure {

        @Override
        public Problem problem() {
            String until = retryAfter
                    .map(wait -> "it is tried again in " + DurationText.of(wait))
                    .orElse("it takes calls again when they return");
            Problem problem = Problem.of(
                    ProblemCode.QUARANTINED,
                    callee.plugin(),
                    callee + " was not called because the plugin is quarantined: " + reason + "; " + until);
            return retryAfter
                    .map(wait -> problem.with("retry_after_ms", wait.toMillis()))
                    .orElse(problem);
        }
    }

    /**
     * The plugin's process is down, or went down during the call. Does not count against the plugin: its runtime counts how
     * often it goes down.
     */
    record Down(Callee callee, String reason) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(
                    ProblemCode.PLUGIN_DOWN,
                    callee.plugin(),
                    callee + " was not called to its end: " + reason + "; try again later");
        }
    }

    /** The call that wanted to make this one is overdue, or nobody waits for it any more; this one was not begun. */
    record TooLate(Callee callee) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(
                    ProblemCode.DEADLINE_EXCEEDED,
                    callee.plugin(),
                    callee + " was not called because the call that needed it is past its own deadline");
        }
    }

    /** The plugin's instance is being stopped: the call was not begun, or was ended early. */
    record Stopped(Callee callee) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(
                    ProblemCode.PLUGIN_NOT_ACTIVE,
                    callee.plugin(),
                    callee + " was not called to its end because the plugin is being stopped");
        }
    }

    /** Somebody interrupted the calling thread, and the plugin answered to it. Does not count against the plugin. */
    record Interrupted(Callee callee) implements CallFailure {

        @Override
        public Problem problem() {
            return Problem.of(
                    ProblemCode.SHUTTING_DOWN,
                    callee.plugin(),
                    callee + " was ended early because the thread that called it was interrupted");
        }
    }
}
