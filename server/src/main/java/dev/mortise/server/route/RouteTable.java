package dev.mortise.server.route;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Every operation of a server. Finds the one that a request asks for. */
public final class RouteTable {

    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    public List<Route> routes() {
        return routes;
    }

    /**
     * Finds the operation.
     *
     * @param path decoded segments; an empty last one is as good as none
     */
    public Match match(String method, List<String> path) {
        List<String> segments = path.size() > 1 && path.getLast().isEmpty() ? path.subList(0, path.size() - 1) : path;
        List<Found> matching = routes.stream()
                .flatMap(route -> route.path().match(segments).map(values -> new Found(route, values)).stream())
                .toList();
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
