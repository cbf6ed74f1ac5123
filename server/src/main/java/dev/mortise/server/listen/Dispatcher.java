package dev.mortise.server.listen;

import dev.mortise.host.Actor;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import dev.mortise.server.auth.Admission;
import dev.mortise.server.auth.Credentials;
import dev.mortise.server.auth.HostNames;
import dev.mortise.server.problem.Incident;
import dev.mortise.server.route.Access;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Arguments;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.ClientConnection;
import dev.mortise.server.route.Content;
import dev.mortise.server.route.ErrorForm;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteTable;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what a request wants, whether it may have it, and has the route's handler carry it out. */
final class Dispatcher {

    private final RouteTable table;
    private final HostNames names;
    private final Admission admission;
    private final ContentReader contents;
    private final StrangersRoom room = new StrangersRoom(StrangersRoom.DEFAULT_BYTES);

    Dispatcher(RouteTable table, HostNames names, Admission admission, ContentReader contents) {
        this.table = table;
        this.names = names;
        this.admission = admission;
        this.contents = contents;
    }

    /**
     * @param admitted whether the server still takes requests
     * @throws CloseConnectionException if nobody is left to answer
     */
    Answer answer(RoutingRequest request, ClientConnection connection, boolean admitted) {
        String rawPath = request.prologue().uriPath().rawPath();
        String rawQuery = request.prologue().query().rawValue();
        // By what stands there before anything is decoded, since that may fail.
        Optional<ErrorForm> form = table.errors(firstSegment(rawPath));
        Answer answer = Answer.from(
                RequestTarget.of(rawPath, rawQuery), target -> contained(target, request, connection, admitted));
        return inForm(form, answer);
    }

    private static String firstSegment(String rawPath) {
        int start = rawPath.startsWith("/") ? 1 : 0;
        int end = rawPath.indexOf('/', start);
        return end < 0 ? rawPath.substring(start) : rawPath.substring(start, end);
    }

    private static Answer inForm(Optional<ErrorForm> form, Answer answer) {
        return answer instanceof Answer.Refused(Problem problem)
                ? form.map(errors -> errors.render(problem)).orElse(answer)
                : answer;
    }

    private Answer contained(
            RequestTarget target, RoutingRequest request, ClientConnection connection, boolean admitted) {
        try {
            Optional<Problem> misnamed =
                    names.check(request.headers().first(HeaderNames.HOST).orElse(""));
            return misnamed.isPresent() ? Answer.refused(misnamed.get()) : route(target, request, connection, admitted);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (Throwable e) {
            return Answer.refused(Incident.report(describe(request), e));
        }
    }

    private Answer route(RequestTarget target, RoutingRequest request, ClientConnection connection, boolean admitted) {
        String method = request.prologue().method().text();
        return switch (table.match(method, target.segments())) {
            case RouteTable.Nothing() ->
                Answer.refused(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is nothing at /" + Text.abbreviate(String.join("/", target.segments()))
                                + "; /openapi.json lists what there is"));
            case RouteTable.WrongMethod(List<String> allowed) ->
                Answer.refused(Problem.of(
                                ProblemCode.METHOD_NOT_ALLOWED,
                                "this path takes " + String.join(", ", allowed) + ", not " + Text.abbreviate(method))
                        .with("allowed", allowed));
            case RouteTable.Found(Route route, Map<String, String> variables) ->
                admitted || route.access() instanceof Access.Open
                        ? carryOut(route, variables, target, request, connection)
                        : Answer.refused(Problem.of(
                                ProblemCode.SHUTTING_DOWN, "this server is shutting down and takes no more requests"));
        };
    }

    private Answer carryOut(
            Route route,
            Map<String, String> variables,
            RequestTarget target,
            RoutingRequest request,
            ClientConnection connection) {
        Headers headers = request.headers();
        String subject =
                variables.values().stream().findFirst().map(Text::abbreviate).orElse("");
        try (StrangersRoom.Share share = room.share()) {
            Result<Call> call = admission
                    .admit(route, credentials(request), subject)
                    .then(actor -> parameters(route, variables, target, headers)
                            .then(parameters -> contents.read(route.payload(), target, request, share)
                                    .map(content -> call(actor, parameters, content, headers, connection))));
            return Answer.from(call, route.handler()::handle);
        }
    }

    private static Result<Arguments> parameters(
            Route route, Map<String, String> variables, RequestTarget target, Headers headers) {
        return route.payload() instanceof Payload.Whole
                ? ParameterReader.read(route, variables, Map.of(), headers)
                : target.query().then(query -> ParameterReader.read(route, variables, query, headers));
    }

    private static Call call(
            Actor actor, Arguments parameters, Content content, Headers headers, ClientConnection connection) {
        return new Call(
                actor,
                parameters,
                content,
                headers.contains(HeaderNames.ACCEPT)
                        ? headers.get(HeaderNames.ACCEPT).values()
                        : "",
                connection);
    }

    private static Credentials credentials(RoutingRequest request) {
        Headers headers = request.headers();
        return new Credentials(
                headers.contains(HeaderNames.AUTHORIZATION)
                        ? headers.get(HeaderNames.AUTHORIZATION).allValues()
                        : List.of(),
                request.remotePeer().host());
    }

    private static String describe(RoutingRequest request) {
        return Text.abbreviate(request.prologue().method().text()) + " "
                + Text.abbreviate(request.prologue().uriPath().rawPath());
    }
}
