package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Plugins;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.RouteBuilder;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What all operations that change plugins have in common: they can be planned only, and can fail in many ways. */
final class ChangeRequests {

    /** What a package can be refused for, before its code runs. */
    static final Set<ProblemCode> PACKAGE_PROBLEMS = Set.of(
            ProblemCode.INVALID_MANIFEST,
            ProblemCode.INVALID_PACKAGE,
            ProblemCode.UNSAFE_ARCHIVE,
            ProblemCode.PACKAGE_TOO_LARGE,
            ProblemCode.DIGEST_MISMATCH,
            ProblemCode.DIGEST_REQUIRED,
            ProblemCode.URL_REFUSED,
            ProblemCode.DOWNLOAD_FAILED,
            ProblemCode.RUNTIME_UNAVAILABLE,
            ProblemCode.NOT_FOUND);

    /** What any change can be refused for. */
    static final Set<ProblemCode> CHANGE_PROBLEMS = Set.of(
            ProblemCode.INVALID_CONFIG,
            ProblemCode.MISSING_DEPENDENCY,
            ProblemCode.VERSION_CONFLICT,
            ProblemCode.DEPENDENCY_CYCLE,
            ProblemCode.DUPLICATE_CONTRIBUTION,
            ProblemCode.UNKNOWN_RING,
            ProblemCode.HOOK_ORDER_CYCLE,
            ProblemCode.UNKNOWN_CONTRACT,
            ProblemCode.REQUIRED_BY_OTHERS,
            ProblemCode.LOAD_FAILED,
            ProblemCode.CHECK_FAILED,
            ProblemCode.PLUGIN_NOT_FOUND,
            ProblemCode.PLUGIN_FAULT,
            ProblemCode.PLUGIN_DOWN,
            ProblemCode.DEADLINE_EXCEEDED,
            ProblemCode.SHUTTING_DOWN,
            ProblemCode.STORAGE_FAILED);

    private static final JsonObject OUTCOME_OR_PLAN =
            JsonObject.of("anyOf", List.of(Schemas.ref("ChangeOutcome"), Schemas.ref("Plan")));

    private final Plugins plugins;

    ChangeRequests(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Declares what is common to them. */
    static RouteBuilder declare(RouteBuilder route) {
        return route.takes(Parameters.PLAN)
                .answers(
                        "The change has been made and is durable; or, with plan=true, what it would do.",
                        OUTCOME_OR_PLAN)
                .refuses(CHANGE_PROBLEMS);
    }

    /** The plugin that a request means. */
    Result<PluginId> named(String name) {
        return plugins.named(name);
    }

    Answer answer(Call call, Result<? extends Change> change) {
        return answer(call, change, _ -> JsonObject.EMPTY);
    }

    /** @param summary members in front of the outcome, for clients that look no further */
    Answer answer(Call call, Result<? extends Change> change, Function<ChangeOutcome, JsonObject> summary) {
        return call.find(Parameters.PLAN).orElse(false)
                ? Answer.of(change.then(plugins::plan), JsonViews::plan)
                : Answer.of(
                        change.then(one -> plugins.apply(one, call.actor())),
                        outcome -> with(summary.apply(outcome), outcome));
    }

    private static JsonObject with(JsonObject summary, ChangeOutcome outcome) {
        JsonObject answer = summary;
        for (var member : JsonViews.outcome(outcome).members().entrySet()) {
            answer = answer.with(member.getKey(), member.getValue());
        }
        return answer;
    }
}
