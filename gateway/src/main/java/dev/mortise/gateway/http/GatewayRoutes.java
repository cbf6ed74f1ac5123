package dev.mortise.gateway.http;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.Model;
import dev.mortise.gateway.ChatGateway;
import dev.mortise.gateway.GatewayCounts;
import dev.mortise.gateway.GatewayError;
import dev.mortise.gateway.GatewayReply;
import dev.mortise.gateway.GatewayRequest;
import dev.mortise.gateway.Operation;
import dev.mortise.gateway.ReplyOrigin;
import dev.mortise.host.ProblemException;
import dev.mortise.host.Role;
import dev.mortise.server.api.TraceParent;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Counter;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteContribution;
import dev.mortise.server.route.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The operations of a gateway, for a server to serve. */
public final class GatewayRoutes {

    private static final String GROUP = "Language models";
    private static final String TRACE_ID = "x-mortise-trace-id";
    private static final String GENERATION = "x-mortise-generation";
    private static final String CACHE = "x-mortise-cache";
    private static final String PROVIDER = "x-mortise-provider";

    private static final String EVENTS =
            "The data of each event is a chunk, or an object with an error; that of the last one is [DONE].";

    /** Nginx's own, for the log and the metrics: whoever asked is gone and sees nothing of it. */
    private static final int CLIENT_GONE = 499;

    private static final Parameter<String> SESSION = new Parameter<>(
            Parameter.Place.HEADER,
            "x-session-id",
            "Which conversation this belongs to; by default the body's user, else the token's name.",
            false,
            JsonObject.of("type", "string").with("maxLength", 256),
            "text of at most 256 characters",
            text -> {
                if (text.length() > 256) {
                    throw new IllegalArgumentException(text);
                }
                return text;
            });
    private static final Parameter<String> CACHE_CONTROL =
            Parameter.textInHeader("Cache-Control", "Passed on to plugins that answer from a cache.");
    private static final Parameter<String> TRACE_PARENT =
            Parameter.textInHeader("traceparent", "W3C Trace Context; ignored if it is not valid.");

    private static final Parameter<String> MODEL = segment("model", "A model's name.");
    private static final Parameter<String> PLUGIN = segment("provider", "The id of the plugin that offers the model.");

    private final ChatGateway gateway;
    private final OpenAiErrors errors = new OpenAiErrors();

    private GatewayRoutes(ChatGateway gateway) {
        this.gateway = gateway;
    }

    public static RouteContribution of(ChatGateway gateway) {
        return new RouteContribution(
                new GatewayRoutes(gateway).routes(), GatewaySchemas.load(), () -> counters(gateway.counts()));
    }

    private List<Route> routes() {
        return List.of(
                asking(
                        Operation.CHAT,
                        "/v1/chat/completions",
                        "createChatCompletion",
                        "Has a conversation continued.",
                        "ChatCompletionRequest"),
                asking(
                        Operation.COMPLETION,
                        "/v1/completions",
                        "createCompletion",
                        "Has a text continued; the older way.",
                        "CompletionRequest"),
                asking(
                        Operation.EMBEDDING,
                        "/v1/embeddings",
                        "createEmbedding",
                        "Has texts placed in space.",
                        "EmbeddingRequest"),
                Route.get("/v1/models")
                        .named("listModels", GROUP, "The models that may be asked for.")
                        .needs(Role.VIEWER)
                        .answers("The models.", Schemas.ref("GatewayModels"))
                        .fails(errors)
                        .by(_ -> Answer.ok(JsonObject.of("object", "list")
                                .with(
                                        "data",
                                        gateway.models().stream()
                                                .map(Model::toJson)
                                                .toList()))),
                Route.get("/v1/models/{model}")
                        .named("getModel", GROUP, "A model, by any name under which it may be asked for.")
                        .needs(Role.VIEWER)
                        .takes(MODEL)
                        .answers("The model.", Schemas.ref("GatewayModel"))
                        .fails(errors)
                        .by(call -> model(call.get(MODEL))),
                Route.get("/v1/models/{provider}/{model}")
                        .named("getModelOfProvider", GROUP, "A model of a certain provider.")
                        .needs(Role.VIEWER)
                        .takes(PLUGIN, MODEL)
                        .answers("The model.", Schemas.ref("GatewayModel"))
                        .fails(errors)
                        .by(call -> model(call.get(PLUGIN) + "/" + call.get(MODEL))));
    }

    private Route asking(Operation operation, String path, String name, String summary, String schema) {
        Reply answer = Reply.json(200, "The answer.", Schemas.ref("GatewayAnswer"));
        return Route.post(path)
                .named(name, GROUP, summary)
                .needs(Role.OPERATOR)
                .changes("call")
                .takes(SESSION, CACHE_CONTROL, TRACE_PARENT)
                .takes(new Payload.AnyObject(
                        "What to answer.",
                        Schemas.ref(schema),
                        OptionalLong.of(gateway.settings().maxBody())))
                .answers((operation == Operation.EMBEDDING
                                ? answer
                                : answer.with("text/event-stream", JsonObject.of("description", EVENTS)))
                        .withHeaders(TRACE_ID, GENERATION, CACHE, PROVIDER))
                .fails(errors)
                .by(call -> ask(operation, call));
    }

    private Answer ask(Operation operation, Call call) {
        GatewayRequest request = new GatewayRequest(
                operation,
                call.object(),
                call.text(),
                call.actor(),
                call.find(SESSION),
                call.find(TRACE_PARENT).flatMap(TraceParent::traceId),
                call.find(CACHE_CONTROL));
        try {
            return switch (gateway.handle(request, call.connection()::isLost)) {
                case GatewayReply.Answered(JsonObject body, ReplyOrigin origin) ->
                    new Answer.Json(200, body, headers(origin));
                case GatewayReply.Failed(GatewayError error, Optional<ReplyOrigin> origin) ->
                    errors.render(error, origin.map(GatewayRoutes::headers).orElse(Map.of()));
                case GatewayReply.Streaming(var stream, ReplyOrigin origin) ->
                    new Answer.Stream(new EventStreamBody(stream), headers(origin), false);
                case GatewayReply.Abandoned(ReplyOrigin origin) ->
                    new Answer.Json(CLIENT_GONE, JsonObject.EMPTY, headers(origin));
            };
        } catch (ProblemException e) {
            return Answer.refused(e.problem());
        }
    }

    private Answer model(String name) {
        return gateway.model(name)
                .map(model -> Answer.ok(model.toJson()))
                .orElseGet(() -> errors.render(
                        GatewayError.of(
                                404,
                                "there is no model of this name; GET /v1/models lists what there is",
                                GatewayError.INVALID_REQUEST,
                                "model_not_found",
                                "model"),
                        Map.of()));
    }

    private static Map<String, String> headers(ReplyOrigin origin) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(TRACE_ID, origin.traceId());
        headers.put(GENERATION, Long.toString(origin.generation()));
        headers.put(CACHE, origin.hit() ? "hit" : "miss");
        origin.provider().ifPresent(id -> headers.put(PROVIDER, id.value()));
        return headers;
    }

    private static List<Counter> counters(GatewayCounts counts) {
        return List.of(
                new Counter("mortise_gateway_requests_total", "Requests for a model.", counts.requests()),
                new Counter("mortise_gateway_hits_total", "Requests that a hook has answered.", counts.hits()),
                new Counter("mortise_gateway_blocked_total", "Requests that a hook has ended.", counts.blocked()),
                new Counter("mortise_gateway_failed_total", "Requests that no provider answered.", counts.failed()),
                new Counter(
                        "mortise_gateway_fallbacks_total",
                        "Times that another provider was asked.",
                        counts.fallbacks()),
                new Counter(
                        "mortise_gateway_abandoned_total", "Requests whose client has hung up.", counts.abandoned()),
                new Counter(
                        "mortise_gateway_late_modifications_total",
                        "Streams that a hook would have changed and that had gone out.",
                        counts.lateModifications()),
                new Counter(
                        "mortise_gateway_unchecked_streams_total",
                        "Streams that were too long for the ring behind the model.",
                        counts.unchecked()));
    }

    private static Parameter<String> segment(String name, String description) {
        return Parameter.inPath(
                name,
                description,
                JsonObject.of("type", "string").with("minLength", 1).with("maxLength", 200),
                "text of 1 to 200 characters",
                text -> {
                    if (text.isEmpty() || text.length() > 200) {
                        throw new IllegalArgumentException(text);
                    }
                    return text;
                });
    }
}
