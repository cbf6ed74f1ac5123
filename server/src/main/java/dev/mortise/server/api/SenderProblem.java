package dev.mortise.server.api;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * A problem as a sender of webhooks gets to know it: whether to try again, and a number by which the operator finds the
 * rest. What went wrong inside is nothing for strangers.
 */
final class SenderProblem {

    private static final List<String> HARMLESS = List.of("trace_id", "retry_after_ms", "incident");

    private SenderProblem() {}

    static Problem of(Problem problem) {
        Problem told = told(problem);
        for (String key : HARMLESS) {
            Optional<JsonValue> value = problem.details().get(key);
            if (value.isPresent()) {
                told = told.with(key, value.get());
            }
        }
        return told;
    }

    private static Problem told(Problem problem) {
        return switch (problem.code()) {
            case NOT_FOUND -> Problem.of(ProblemCode.NOT_FOUND, "there is nothing here");
            case DEADLINE_EXCEEDED ->
                Problem.of(ProblemCode.DEADLINE_EXCEEDED, "the receiver did not answer in time; it may have begun");
            case TOO_MANY_CALLS ->
                Problem.of(ProblemCode.TOO_MANY_CALLS, "too many requests are under way; try again later");
            case SHUTTING_DOWN ->
                Problem.of(ProblemCode.SHUTTING_DOWN, "this server is shutting down and takes no more requests");
            case QUARANTINED ->
                Problem.of(ProblemCode.QUARANTINED, "the receiver is not called for now; try again later");
            case PLUGIN_DOWN, PLUGIN_NOT_ACTIVE ->
                Problem.of(ProblemCode.PLUGIN_DOWN, "the receiver is not running; try again later");
            // A reply is how a plugin refuses a request; anything else is a failure.
            default ->
                Problem.of(ProblemCode.PLUGIN_FAULT, "the receiver failed; the request was not carried out to its end");
        };
    }
}
