package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Rings;
import dev.mortise.host.Rings.RingView;
import dev.mortise.host.Role;
import dev.mortise.host.Services;
import dev.mortise.host.model.Text;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.stream.Collectors;

/** The rings of the host and who takes part in them; the services and who implements them. */
final class RingRoutes {

    private static final Parameter<String> RING =
            Parameter.inPath("ring", "The ring's name.", Parameters.ANY_NAME, "a ring's name", text -> text);

    private final Rings rings;
    private final Services services;

    RingRoutes(Rings rings, Services services) {
        this.rings = rings;
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/rings")
                        .named("listRings", Groups.RINGS, "The rings, and their hooks in the order in which they run.")
                        .needs(Role.VIEWER)
                        .answers("All rings, in the order of their definition.", Schemas.listOf("rings", "Ring"))
                        .by(_ -> Answer.ok(JsonObject.of("rings", JsonViews.array(rings.list(), JsonViews::ring)))),
                Route.get("/api/v1/rings/{ring}")
                        .named("getRing", Groups.RINGS, "One ring.")
                        .needs(Role.VIEWER)
                        .takes(RING)
                        .answers("The ring.", Schemas.ref("Ring"))
                        .refuses(ProblemCode.NOT_FOUND)
                        .by(call -> ring(call.get(RING))),
                Route.get("/api/v1/services")
                        .named("listServices", Groups.RINGS, "Who implements which service, the preferred first.")
                        .needs(Role.VIEWER)
                        .answers("The implementations, by contract.", Schemas.listOf("services", "Service"))
                        .by(_ -> Answer.ok(
                                JsonObject.of("services", JsonViews.array(services.list(), JsonViews::service)))));
    }

    private Answer ring(String name) {
        return rings.find(name)
                .map(ring -> Answer.ok(JsonViews.ring(ring)))
                .orElseGet(() -> Answer.refused(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "this host has no ring '" + Text.abbreviate(name) + "'; it has " + names())));
    }

    private String names() {
        String names = rings.list().stream()
                .map(RingView::definition)
                .map(definition -> definition.name())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
