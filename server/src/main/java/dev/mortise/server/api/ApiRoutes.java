package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Mortise;
import dev.mortise.server.auth.Admission;
import dev.mortise.server.events.EventStreams;
import dev.mortise.server.listen.AnswerCounts;
import dev.mortise.server.listen.Gate;
import dev.mortise.server.metrics.HostMetrics;
import dev.mortise.server.openapi.OpenApiDocument;
import dev.mortise.server.route.Counter;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteContribution;
import dev.mortise.server.route.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The whole API of a host. */
public final class ApiRoutes {

    private ApiRoutes() {}

    /** @param contributions of applications; their operations come after the host's */
    public static RouteTable of(
            Mortise host,
            EventStreams streams,
            Gate gate,
            AnswerCounts counts,
            Admission admission,
            List<RouteContribution> contributions) {
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
        routes.addAll(
                new OperationsRoutes(host, gate, new HostMetrics(host, gate, streams, counts, counters(contributions)))
                        .routes());
        contributions.forEach(contribution -> routes.addAll(contribution.routes()));
        routes.addAll(new WebhookRoutes(host.webhooks(), admission::isOwnToken).routes());
        List<JsonObject> schemas =
                contributions.stream().map(RouteContribution::schemas).toList();
        routes.add(OpenApiDocument.routeFor(routes, schemas, host.status().version(), Groups.OPERATIONS));
        return new RouteTable(routes);
    }

    private static Supplier<List<Counter>> counters(List<RouteContribution> contributions) {
        return () -> contributions.stream()
                .flatMap(contribution -> contribution.counters().get().stream())
                .toList();
    }
}
