package dev.mortise.server.api;

import dev.mortise.api.WebhookHeaders;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.WebhookCall;
import dev.mortise.host.WebhookResult;
import dev.mortise.host.Webhooks;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Content;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import dev.mortise.server.route.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What anybody may send to plugins, each below its prefix. */
final class WebhookRoutes {

    private static final Parameter<String> PREFIX = Parameter.inPath(
            "prefix",
            "The webhook_prefix of an installed plugin.",
            Schemas.pattern("^[a-z][a-z0-9-]*$"),
            "a prefix",
            text -> text);

    private static final Parameter<String> PATH = Parameter.inPath(
            "path",
            "Any number of steps; none means the prefix itself.",
            Schemas.pattern("^[^\\x00-\\x1f\\x7f-\\x9f]+$"),
            "a path",
            text -> text);

    private final Webhooks webhooks;
    private final SentHeaders headers;

    /** @param isOwnToken whether the value of an {@code Authorization} header holds a token of the host */
    WebhookRoutes(Webhooks webhooks, Predicate<String> isOwnToken) {
        this.webhooks = webhooks;
        this.headers = new SentHeaders(isOwnToken);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            String method = verb.name().toLowerCase(Locale.ROOT);
            routes.add(Route.below(verb, "/{prefix}")
                    .named(
                            method + "Webhook",
                            Groups.WEBHOOKS,
                            "Sends something to a plugin, at its prefix or at any path below it.")
                    .isForAnybody()
                    .where(variables ->
                            webhooks.owner(variables.getOrDefault("prefix", "")).isPresent())
                    .takes(PREFIX, PATH)
                    .takes(new Payload.Whole(WebhookRequest.LARGEST_BODY))
                    .answers(new Reply(200, "Whatever the plugin answers.", Map.of("*/*", JsonObject.EMPTY), List.of()))
                    .refuses(
                            ProblemCode.NOT_FOUND,
                            ProblemCode.BODY_TOO_LARGE,
                            ProblemCode.PLUGIN_FAULT,
                            ProblemCode.DEADLINE_EXCEEDED,
                            ProblemCode.TOO_MANY_CALLS,
                            ProblemCode.QUARANTINED,
                            ProblemCode.PLUGIN_DOWN,
                            ProblemCode.SHUTTING_DOWN)
                    .by(this::receive));
        }
        return routes;
    }

    private Answer receive(Call call) {
        return call.content() instanceof Content.Whole sent
                ? Answer.from(request(sent), request -> receive(call, request))
                : Answer.refused(Problem.of(ProblemCode.INVALID_REQUEST, "this is no request for a webhook"));
    }

    private Answer receive(Call call, WebhookRequest request) {
        return switch (webhooks.receive(
                WebhookCall.of(call.get(PREFIX), request).by(call.actor()))) {
            case Result.Ok<WebhookResult>(WebhookResult result) -> answer(result);
            case Result.Refused<WebhookResult>(Problem problem) -> Answer.refused(SenderProblem.of(problem));
        };
    }

    private Result<WebhookRequest> request(Content.Whole sent) {
        List<String> steps = sent.path().subList(1, sent.path().size());
        // A slash at the end makes no difference, here as elsewhere.
        List<String> named = !steps.isEmpty() && steps.getLast().isEmpty() ? steps.subList(0, steps.size() - 1) : steps;
        String path = "/" + String.join("/", named);
        if (named.stream().anyMatch(step -> step.contains("/")) || !WebhookRequest.isPath(path)) {
            return refused(
                    "a webhook's path has no empty steps, no '.' or '..', and neither slashes nor backslashes that"
                            + " are percent-encoded");
        }
        try {
            return Result.ok(new WebhookRequest(
                    sent.method(), path, sent.query(), headers.of(sent.headers()), sent.body(), sent.address()));
        } catch (IllegalArgumentException e) {
            return refused("the query or the headers are not as HTTP has them, or there are more than "
                    + WebhookHeaders.MOST_VALUES + " headers");
        }
    }

    private static Result<WebhookRequest> refused(String message) {
        return Result.refused(Problem.of(ProblemCode.INVALID_REQUEST, message));
    }

    private static Answer answer(WebhookResult result) {
        WebhookReply reply = result.reply();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers().asMap());
        headers.put("Mortise-Trace-Id", List.of(result.traceId()));
        return new Answer.Foreign(reply.status(), headers, reply.body());
    }
}
