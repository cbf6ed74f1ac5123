package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an application of the host adds to the server: operations of its own, behind the same admission and limits, in
 * the same document.
 *
 * @param schemas JSON Schemas by name, which the routes refer to with {@link Schemas#ref}
 * @param counters asked each time that somebody wants them
 */
public record RouteContribution(List<Route> routes, JsonObject schemas, Supplier<List<Counter>> counters) {
    public RouteContribution {
        routes = List.copyOf(routes);
    }
}
