package dev.mortise.server.route;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every operation of a server. Finds the one that a request asks for. */
public final class RouteTable {

    private final List<Route> routes;

    /** @throws IllegalArgumentException if two operations have the same method and path, or the same name */
    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        Set<String> taken = new HashSet<>();
        for (Route route : routes) {
            String target = route.verb() + " " + route.path();
            if (!taken.add(target) || !route.name().isEmpty() && !taken.add(route.name())) {
                throw new IllegalArgumentException(
                        "there are two operations for " + target + ", or two called " + route.name());
            }
        }
    }

    public List<Route> routes() {
        return routes;
    }

    /** The most that an operation takes which has a limit of its own, in bytes. */
    public long largestBody() {
        return routes.stream()
                .mapToLong(route -> switch (route.payload()) {
                    case Payload.AnyObject any -> any.limit().orElse(0);
                    case Payload.Whole(long limit) -> limit;
                    case Payload.None _, Payload.Json _, Payload.PluginPackage _ -> 0;
                })
                .max()
                .orElse(0);
    }

    /**
     * How to tell of problems with a path, also where there is nothing: as operations nearby do.
     *
     * @param first segment of the path
     */
    public Optional<ErrorForm> errors(String first) {
        return routes.stream()
                .filter(route -> route.path().startsWith(first))
                .flatMap(route -> route.errors().stream())
                .findFirst();
    }

    /**
     * Finds the operation.
     *
     * @param path decoded segments; an empty last one is as good as none
     */
    public Match match(String method, List<String> path) {
        List<String> segments = path.size() > 1 && path.getLast().isEmpty() ? path.subList(0, path.size() - 1) : path;
        List<Found> closed = matching(segments, false);
        // What is below a path only gets what nothing else takes.
        List<Found> matching = closed.isEmpty() ? matching(segments, true) : closed;
        // A path that is spelt out hides those with variables, whatever its methods.
        long literals = matching.stream()
                .mapToLong(candidate -> candidate.route().path().literals())
                .max()
                .orElse(0);
        List<Found> found = matching.stream()
                .filter(candidate -> candidate.route().path().literals() == literals)
                .toList();
        if (found.isEmpty()) {
            return new Nothing();
        }
        String verb = method.equals("HEAD") ? "GET" : method;
        return found.stream()
                .filter(candidate -> candidate.route().verb().name().equals(verb))
                .<Match>map(candidate -> candidate)
                .findFirst()
                .orElseGet(() -> new WrongMethod(allowed(found)));
    }

    private List<Found> matching(List<String> segments, boolean open) {
        return routes.stream()
                .filter(route -> route.path().open() == open)
                .flatMap(route -> route.path().match(segments).map(values -> new Found(route, values)).stream())
                .filter(found -> found.route().presence().test(found.variables()))
                .toList();
    }

    private static List<String> allowed(List<Found> found) {
        TreeSet<String> methods = new TreeSet<>();
        for (Found candidate : found) {
            methods.add(candidate.route().verb().name());
            if (candidate.route().verb() == Verb.GET) {
                methods.add("HEAD");
            }
        }
        return List.copyOf(methods);
    }

    /** What a request asks for. */
    public sealed interface Match permits Found, WrongMethod, Nothing {}

    /**
     * An operation.
     *
     * @param variables of the path
     */
    public record Found(Route route, Map<String, String> variables) implements Match {}

    public record WrongMethod(List<String> allowed) implements Match {}

    public record Nothing() implements Match {}
}
