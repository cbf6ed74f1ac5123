package dev.mortise.server.api;

import dev.mortise.host.Mortise;
import dev.mortise.server.events.EventStreams;
import dev.mortise.server.listen.AnswerCounts;
import dev.mortise.server.listen.Gate;
import dev.mortise.server.metrics.HostMetrics;
import dev.mortise.server.openapi.OpenApiDocument;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteTable;
import java.util.ArrayList;
import java.util.List;

/** The whole API of a host. */
public final class ApiRoutes {

    private ApiRoutes() {}

    public static RouteTable of(Mortise host, EventStreams streams, Gate gate, AnswerCounts counts) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new PluginRoutes(host.plugins()).routes());
        routes.addAll(new InstallRoutes(host.plugins()).routes());
        routes.addAll(new ChangeRoutes(host.plugins()).routes());
        routes.addAll(new PlacementRoutes(host.plugins()).routes());
        routes.addAll(new RingRoutes(host.rings(), host.services()).routes());
        routes.addAll(new LatencyRoutes(host.plugins(), host.rings()).routes());
        routes.addAll(new FunctionRoutes(host.functions()).routes());
        routes.addAll(new HistoryRoutes(host.generations(), host.audit()).routes());
        routes.addAll(new EventRoutes(host.events(), host.traces(), host.rings(), streams).routes());
        routes.addAll(new TokenRoutes(host.tokens()).routes());
        routes.addAll(new OperationsRoutes(host, gate, new HostMetrics(host, gate, streams, counts)).routes());
        Route document = OpenApiDocument.routeFor(routes, host.status().version(), Groups.OPERATIONS);
        routes.add(document);
        return new RouteTable(routes);
    }
}
