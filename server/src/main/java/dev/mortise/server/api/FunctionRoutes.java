package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.CallResult;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Functions;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The functions of all active plugins, and calling them. */
final class FunctionRoutes {

    private static final long DAY = Duration.ofDays(1).toMillis();

    private static final Parameter<String> NAME = Parameter.inPath(
            "name",
            "The function's name, bare or as plugin.function.",
            Schemas.pattern("^[!-~]{1,200}$"),
            "a name of 1 to 200 characters",
            text -> {
                if (text.isEmpty() || text.length() > 200) {
                    throw new IllegalArgumentException(text);
                }
                return text;
            });
    private static final Parameter<Long> DEADLINE = Parameter.numberInHeader(
            "Mortise-Deadline-Ms", "How long to wait, in milliseconds; the plugin's own limit cuts it.", 1, DAY);
    private static final Parameter<String> TRACE_PARENT =
            Parameter.textInHeader("traceparent", "W3C Trace Context; ignored if it is not valid.");

    private final Functions functions;

    FunctionRoutes(Functions functions) {
        this.functions = functions;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/functions")
                        .named("listFunctions", Groups.FUNCTIONS, "The functions of all active plugins.")
                        .needs(Role.VIEWER)
                        .answers("All functions, with their schemas.", Schemas.listOf("functions", "Function"))
                        .by(_ -> Answer.ok(
                                JsonObject.of("functions", JsonViews.array(functions.list(), JsonViews::function)))),
                Route.get("/api/v1/functions/{name}")
                        .named("getFunction", Groups.FUNCTIONS, "One function.")
                        .needs(Role.VIEWER)
                        .takes(NAME)
                        .answers("The function.", Schemas.ref("Function"))
                        .refuses(ProblemCode.FUNCTION_NOT_FOUND, ProblemCode.FUNCTION_AMBIGUOUS)
                        .by(call -> Answer.of(functions.find(call.get(NAME)), JsonViews::function)),
                Route.post("/api/v1/functions/{name}")
                        .named("callFunction", Groups.FUNCTIONS, "Calls a function and waits for its result.")
                        .needs(Role.OPERATOR)
                        .changes("call")
                        .takes(NAME, DEADLINE, TRACE_PARENT)
                        .takes(new Payload.AnyObject("The parameters."))
                        .answers(Reply.json(200, "The result, bare.", JsonObject.EMPTY)
                                .withHeaders(
                                        "Mortise-Generation", "Mortise-Plugin", "Mortise-Version", "Mortise-Trace-Id"))
                        .refuses(
                                ProblemCode.INVALID_PARAMS,
                                ProblemCode.FUNCTION_NOT_FOUND,
                                ProblemCode.FUNCTION_AMBIGUOUS,
                                ProblemCode.FUNCTION_FAILED,
                                ProblemCode.PLUGIN_FAULT,
                                ProblemCode.PLUGIN_NOT_ACTIVE,
                                ProblemCode.DEADLINE_EXCEEDED,
                                ProblemCode.TOO_MANY_CALLS,
                                ProblemCode.QUARANTINED,
                                ProblemCode.PLUGIN_DOWN,
                                ProblemCode.SHUTTING_DOWN)
                        .by(call -> Answer.from(functions.call(functionCall(call)), FunctionRoutes::result)));
    }

    private static FunctionCall functionCall(Call call) {
        return new FunctionCall(
                call.get(NAME),
                call.object(),
                call.actor(),
                call.find(DEADLINE).map(Duration::ofMillis),
                call.find(TRACE_PARENT).flatMap(TraceParent::traceId));
    }

    private static Answer result(CallResult result) {
        return new Answer.Json(
                200,
                result.value(),
                Map.of(
                        "Mortise-Generation", Long.toString(result.generation()),
                        "Mortise-Plugin", result.plugin().value(),
                        "Mortise-Version", result.version().value(),
                        "Mortise-Trace-Id", result.traceId()));
    }
}
