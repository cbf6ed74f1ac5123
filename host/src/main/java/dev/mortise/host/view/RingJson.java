package dev.mortise.host.view;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Plan.RingOrder;
import dev.mortise.host.Plan.RingPlace;
import dev.mortise.host.Rings.HookStep;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.Rings.RequestTrace;
import dev.mortise.host.Rings.RingStep;
import dev.mortise.host.Rings.RingView;

/** Rings, their hooks and what requests met in them, as JSON. */
final class RingJson {

    private RingJson() {}

    static JsonObject ring(RingView ring) {
        return new Members()
                .put("ring", ring.definition().name())
                .put("description", ring.definition().description())
                .put("fail_policy", ring.definition().failPolicy())
                .put("after_service", ring.definition().afterService())
                .put("runs", ring.runs())
                .put("dropped", ring.dropped())
                .put("p50", ring.p50())
                .put("p95", ring.p95())
                .put("p99", ring.p99())
                .put("hooks", JsonViews.array(ring.hooks(), RingJson::hook))
                .toObject();
    }

    private static JsonObject hook(HookView hook) {
        return new Members()
                .put("plugin", hook.plugin().value())
                .put("version", hook.version().value())
                .put("class_name", hook.className())
                .put("priority", hook.priority())
                .put("priority_source", hook.prioritySource())
                .put("fail_policy", hook.failPolicy())
                .put("fail_policy_source", hook.failPolicySource())
                .putMillis("timeout", hook.timeout())
                .put("before", hook.before())
                .put("after", hook.after())
                .put("why", hook.why())
                .put("runs_on", hook.runsOn())
                .put("breaker", hook.breaker())
                .put("calls", hook.calls())
                .put("failures", hook.failures())
                .put("timeouts", hook.timeouts())
                .put("blocks", hook.blocks())
                .put("bypassed", hook.bypassed())
                .put("p50", hook.p50())
                .put("p95", hook.p95())
                .put("p99", hook.p99())
                .toObject();
    }

    static JsonObject order(RingOrder order) {
        return new Members()
                .put("ring", order.ring())
                .put("hooks", JsonViews.array(order.hooks(), RingJson::place))
                .toObject();
    }

    private static JsonObject place(RingPlace place) {
        return new Members()
                .put("plugin", place.plugin().value())
                .put("class_name", place.className())
                .put("priority", place.priority())
                .put("why", place.why())
                .toObject();
    }

    static JsonObject trace(RequestTrace trace) {
        Members marks = new Members();
        trace.marks().forEach((what, duration) -> marks.putMillis(what, duration));
        return new Members()
                .put("trace_id", trace.traceId())
                .put("at", trace.at())
                .put("caller", trace.caller())
                .put("session", trace.session())
                .put("generation", trace.generation())
                .put("outcome", trace.outcome())
                .putMillis("total", trace.total())
                .put("marks", marks.toObject())
                .put("rings", JsonViews.array(trace.rings(), RingJson::step))
                .toObject();
    }

    private static JsonObject step(RingStep step) {
        return new Members()
                .put("ring", step.ring())
                .putMillis("duration", step.duration())
                .put("hooks", JsonViews.array(step.hooks(), RingJson::step))
                .toObject();
    }

    private static JsonObject step(HookStep step) {
        return new Members()
                .put("plugin", step.plugin().value())
                .putMillis("duration", step.duration())
                .put("outcome", step.outcome())
                .toObject();
    }
}
