package dev.mortise.server.route;

import dev.mortise.host.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An operation.
 *
 * @param name in the API's document, such as {@code listPlugins}
 * @param group that it is listed under
 * @param action what a refusal of it is audited as; absent where nothing is changed
 * @param replies the answers that are not problems
 * @param problems what it may be refused with, besides what any request may be
 * @param errors how it tells of problems; by default as problem details
 * @param presence whether there is such a thing as the values of the path's variables name
 */
public record Route(
        Verb verb,
        PathTemplate path,
        Access access,
        String name,
        String group,
        String summary,
        Optional<String> action,
        List<Parameter<?>> parameters,
        Payload payload,
        List<Reply> replies,
        Set<ProblemCode> problems,
        Optional<ErrorForm> errors,
        Predicate<Map<String, String>> presence,
        Handler handler) {

    public Route {
        parameters = List.copyOf(parameters);
        replies = List.copyOf(replies);
        problems = Set.copyOf(problems);
    }

    public static RouteBuilder get(String path) {
        return new RouteBuilder(Verb.GET, PathTemplate.of(path));
    }

    public static RouteBuilder post(String path) {
        return new RouteBuilder(Verb.POST, PathTemplate.of(path));
    }

    public static RouteBuilder put(String path) {
        return new RouteBuilder(Verb.PUT, PathTemplate.of(path));
    }

    public static RouteBuilder delete(String path) {
        return new RouteBuilder(Verb.DELETE, PathTemplate.of(path));
    }

    /** An operation for a path and for all that are below it. */
    public static RouteBuilder below(Verb verb, String path) {
        return new RouteBuilder(verb, PathTemplate.below(path));
    }
}
