package dev.mortise.host.generation;

import dev.mortise.api.WebhookReply;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.WebhookCall;
import dev.mortise.host.WebhookResult;
import dev.mortise.host.Webhooks;
import dev.mortise.host.guard.TraceId;
import dev.mortise.host.model.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** Hands requests to webhooks of the live generation. */
final class WebhookCalls implements Webhooks {

    private final Current current;
    private final BooleanSupplier open;

    /** @param open whether the host still takes calls from outside */
    WebhookCalls(Current current, BooleanSupplier open) {
        this.current = current;
        this.open = open;
    }

    @Override
    public List<WebhookView> list() {
        return current.get().webhooks().views();
    }

    @Override
    public Optional<PluginId> owner(String prefix) {
        return current.get().webhooks().owner(prefix);
    }

    @Override
    public Result<WebhookResult> receive(WebhookCall call) {
        if (!open.getAsBoolean()) {
            return Result.refused(
                    Problem.of(ProblemCode.SHUTTING_DOWN, "the host is shutting down and takes no more calls"));
        }
        LiveGeneration generation = current.enter();
        try {
            return generation.webhooks().find(call.prefix()).then(webhook -> receive(webhook, call, generation));
        } finally {
            generation.leave();
        }
    }

    private static Result<WebhookResult> receive(LiveWebhook webhook, WebhookCall call, LiveGeneration generation) {
        LiveInstance instance = webhook.instance();
        String traceId = TraceId.random(ThreadLocalRandom.current());
        CallScope scope = CallScope.beginning(
                generation, call.caller(), traceId, instance.limits().deadline(), call.deadline());
        return switch (instance.receive(webhook, call.request(), scope)) {
            case Ok<WebhookReply>(var reply) ->
                Result.ok(new WebhookResult(reply, instance.id(), instance.version(), generation.number(), traceId));
            // Whoever sends gets to know little more than this, and the operator finds the rest by it.
            case Refused<WebhookReply>(Problem problem) -> Result.refused(problem.with("trace_id", traceId));
        };
    }
}
