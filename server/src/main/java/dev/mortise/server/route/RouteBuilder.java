package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Declares a {@link Route}, to be read as a sentence. */
public final class RouteBuilder {

    private final Verb verb;
    private final PathTemplate path;
    private final List<Parameter<?>> parameters = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final Set<ProblemCode> problems = EnumSet.noneOf(ProblemCode.class);
    private Access access = new Access.Open();
    private Payload payload = new Payload.None();
    private Optional<String> action = Optional.empty();
    private Optional<ErrorForm> errors = Optional.empty();
    private Predicate<Map<String, String>> presence = _ -> true;
    private String name = "";
    private String group = "";
    private String summary = "";

    RouteBuilder(Verb verb, PathTemplate path) {
        this.verb = verb;
        this.path = path;
    }

    public RouteBuilder named(String operation, String inGroup, String sentence) {
        name = operation;
        group = inGroup;
        summary = sentence;
        return this;
    }

    public RouteBuilder needs(Role role) {
        access = new Access.AtLeast(role);
        return this;
    }

    public RouteBuilder isForAnybody() {
        access = new Access.Anybody();
        return this;
    }

    /** Where this does not hold for the values of the path's variables, there is nothing, whatever the method. */
    public RouteBuilder where(Predicate<Map<String, String>> holds) {
        presence = holds;
        return this;
    }

    /** Marks a change, so that refusing it leaves a trace. */
    public RouteBuilder changes(String auditedAs) {
        action = Optional.of(auditedAs);
        return this;
    }

    public RouteBuilder takes(Parameter<?>... more) {
        parameters.addAll(List.of(more));
        return this;
    }

    public RouteBuilder takes(Payload body) {
        payload = body;
        return this;
    }

    public RouteBuilder answers(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** A JSON answer with status 200. */
    public RouteBuilder answers(String description, JsonObject schema) {
        return answers(Reply.json(200, description, schema));
    }

    public RouteBuilder refuses(ProblemCode... codes) {
        return refuses(List.of(codes));
    }

    public RouteBuilder refuses(Collection<ProblemCode> codes) {
        problems.addAll(codes);
        return this;
    }

    /** Tells of all its problems like this. Its handler may answer with errors of that form and of any status. */
    public RouteBuilder fails(ErrorForm form) {
        errors = Optional.of(form);
        return this;
    }

    public Route by(Handler handler) {
        return new Route(
                verb,
                path,
                access,
                name,
                group,
                summary,
                action,
                parameters,
                payload,
                replies,
                problems,
                errors,
                presence,
                handler);
    }
}
