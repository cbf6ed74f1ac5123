package dev.mortise.server.api;

import dev.mortise.host.Change;
import dev.mortise.host.Plugins;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.Placement;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteBuilder;
import dev.mortise.server.route.Schemas;
import dev.mortise.server.route.Shape;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/** Gives plugins other places in rings, and among the implementations of services. */
final class PlacementRoutes {

    private static final String PATH = "/api/v1/plugins/{id}/placements/{point}";

    private static final Parameter<String> POINT = Parameter.inPath(
            "point",
            "A ring's name, or service: and a contract's key.",
            Schemas.pattern("^(service:)?[a-z][a-z0-9_]{0,63}$"),
            "a ring's name, or service: and a contract's key",
            PlacementRoutes::point);
    private static final Field<Integer> PRIORITY =
            Field.integer("priority", "Instead of the manifest's; lower comes first.");
    private static final Field<String> FAIL_POLICY = Field.choice(
            "fail_policy", "Instead of the manifest's or the ring's; services have none.", List.of("open", "closed"));

    private final ChangeRequests changes;

    PlacementRoutes(Plugins plugins) {
        this.changes = new ChangeRequests(plugins);
    }

    List<Route> routes() {
        return List.of(
                placing(
                        Route.put(PATH)
                                .named(
                                        "putPlacement",
                                        Groups.RINGS,
                                        "Sets a plugin's place; what is left out is as in the manifest.")
                                .takes(new Payload.Json(Shape.of(PRIORITY, FAIL_POLICY))),
                        PlacementRoutes::placement),
                placing(
                        Route.delete(PATH)
                                .named("resetPlacement", Groups.RINGS, "Gives a plugin its manifest's place again."),
                        _ -> Placement.NONE));
    }

    private Route placing(RouteBuilder route, Function<Call, Placement> placement) {
        return ChangeRequests.declare(route.needs(Role.OPERATOR).changes("place"))
                .takes(Parameters.ID, POINT)
                .refuses(ProblemCode.NOT_FOUND)
                .by(call -> changes.answer(
                        call,
                        changes.named(call.get(Parameters.ID))
                                .map(id -> new Change.Place(id, call.get(POINT), placement.apply(call)))));
    }

    private static Placement placement(Call call) {
        return new Placement(
                call.find(PRIORITY).map(OptionalInt::of).orElseGet(OptionalInt::empty),
                call.find(FAIL_POLICY).map(policy -> FailPolicy.valueOf(policy.toUpperCase(Locale.ROOT))));
    }

    private static String point(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return text;
    }
}
