package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Audit;
import dev.mortise.host.Generations;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.OptionalLong;

/** What has been changed, by whom, and what was refused. */
final class HistoryRoutes {

    private static final Parameter<Long> NUMBER = Parameter.inPath(
            "number",
            "The generation's number.",
            Schemas.integer(1, Long.MAX_VALUE),
            "a number of at least 1",
            text -> {
                long number = Long.parseLong(text);
                if (number < 1) {
                    throw new IllegalArgumentException(text);
                }
                return number;
            });
    private static final Parameter<Long> BEFORE =
            Parameter.numberInQuery("before", "Only entries with smaller numbers, for paging.", 0, Long.MAX_VALUE);

    private final Generations generations;
    private final Audit audit;

    HistoryRoutes(Generations generations, Audit audit) {
        this.generations = generations;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/generations")
                        .named("listGenerations", Groups.HISTORY, "The generations that are kept, the newest first.")
                        .needs(Role.VIEWER)
                        .answers("The generations and the number of the live one.", Schemas.ref("Generations"))
                        .by(_ -> list()),
                Route.get("/api/v1/generations/{number}")
                        .named("getGeneration", Groups.HISTORY, "One generation.")
                        .needs(Role.VIEWER)
                        .takes(NUMBER)
                        .answers("The generation.", Schemas.ref("Generation"))
                        .refuses(ProblemCode.GENERATION_NOT_FOUND)
                        .by(call -> Answer.of(generations.find(call.get(NUMBER)), JsonViews::generation)),
                Route.get("/api/v1/audit")
                        .named("listAudit", Groups.HISTORY, "Who changed what, or tried to, the newest first.")
                        .needs(Role.ADMIN)
                        .takes(Parameters.LIMIT, BEFORE)
                        .answers("Entries of the audit record.", Schemas.listOf("entries", "AuditEntry"))
                        .by(this::audit));
    }

    private Answer list() {
        return Answer.ok(JsonObject.of("current", generations.current())
                .with("generations", JsonViews.array(generations.list(), JsonViews::generation)));
    }

    private Answer audit(Call call) {
        int limit = Math.toIntExact(call.find(Parameters.LIMIT).orElse((long) Parameters.DEFAULT_LIMIT));
        OptionalLong before = call.find(BEFORE).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return Answer.ok(JsonObject.of("entries", JsonViews.array(audit.recent(limit, before), JsonViews::auditEntry)));
    }
}
