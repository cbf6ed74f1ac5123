package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Functions;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.guard.TraceId;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Calls functions in the live generation, or in that of the call that is under way. */
final class FunctionCalls implements Functions {

    private final Current current;
    private final BooleanSupplier open;

    /** @param open whether the host still takes calls from outside */
    FunctionCalls(Current current, BooleanSupplier open) {
        this.current = current;
        this.open = open;
    }

    @Override
    public List<FunctionView> list() {
        return current.get().functions().views();
    }

    @Override
    public Result<FunctionView> find(String name) {
        return current.get().functions().find(name).map(LiveFunction::view);
    }

    @Override
    public Result<CallResult> call(FunctionCall call) {
        if (!open.getAsBoolean()) {
            return Result.refused(
                    Problem.of(ProblemCode.SHUTTING_DOWN, "the host is shutting down and takes no more calls"));
        }
        String traceId = call.traceId().orElseGet(() -> TraceId.random(ThreadLocalRandom.current()));
        LiveGeneration generation = current.enter();
        try {
            return generation.functions().find(call.function()).then(function -> {
                CallScope scope = CallScope.beginning(
                        generation,
                        call.caller(),
                        traceId,
                        function.instance().limits().deadline(),
                        call.deadline());
                return run(function, call.params(), scope);
            });
        } finally {
            generation.leave();
        }
    }

    /** A call that a plugin makes: as part of the call that it is itself in, if it is in one. */
    Result<JsonValue> callFrom(String plugin, String name, JsonObject params) {
        Actor caller = new Actor("plugin:" + plugin, "plugin");
        if (!CallScope.CURRENT.isBound()) {
            return call(FunctionCall.of(name, params).by(caller)).map(CallResult::value);
        }
        CallScope outer = CallScope.CURRENT.get();
        // The outer call keeps its generation from being drained, so it needs no entering.
        return outer.generation().functions().find(name).then(function -> {
            long limit =
                    System.nanoTime() + function.instance().limits().deadline().toNanos();
            long deadline = outer.deadlineNanos() - limit < 0 ? outer.deadlineNanos() : limit;
            CallScope scope = new CallScope(outer.generation(), caller, outer.traceId(), deadline);
            return run(function, params, scope).map(CallResult::value);
        });
    }

    private static Result<CallResult> run(LiveFunction function, JsonObject params, CallScope scope) {
        FunctionView view = function.view();
        return function.params()
                .accept(params)
                .then(complete -> function.instance().call(function, complete, scope))
                .map(value -> new CallResult(
                        value, view.plugin(), view.version(), scope.generation().number(), scope.traceId()));
    }
}
