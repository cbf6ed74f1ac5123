package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.HostStatus;
import dev.mortise.host.Mortise;
import dev.mortise.host.Role;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.listen.Gate;
import dev.mortise.server.metrics.HostMetrics;
import dev.mortise.server.metrics.PrometheusText;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What whoever runs the host wants to know: is it alive, does it take requests, how does it fare. */
final class OperationsRoutes {

    private final Mortise host;
    private final Gate gate;
    private final HostMetrics metrics;

    OperationsRoutes(Mortise host, Gate gate, HostMetrics metrics) {
        this.host = host;
        this.gate = gate;
        this.metrics = metrics;
    }

    List<Route> routes() {
        JsonObject health = Schemas.ref("Health");
        return List.of(
                Route.get("/healthz")
                        .named("isAlive", Groups.OPERATIONS, "Answers while the process works.")
                        .answers("It works.", health)
                        .by(_ -> Answer.ok(JsonObject.of("status", "ok"))),
                Route.get("/readyz")
                        .named("isReady", Groups.OPERATIONS, "Whether the host takes requests.")
                        .answers("It does.", health)
                        .answers(Reply.json(503, "It starts, drains or is closed.", health))
                        .by(_ -> ready()),
                Route.get("/metrics")
                        .named("getMetrics", Groups.OPERATIONS, "Metrics for Prometheus.")
                        .needs(Role.VIEWER)
                        .answers(new Reply(
                                200,
                                "Text exposition format 0.0.4.",
                                Map.of("text/plain", JsonObject.of("type", "string")),
                                List.of()))
                        .by(_ -> new Answer.Text(PrometheusText.MEDIA_TYPE, metrics.text())),
                Route.get("/api/v1/status")
                        .named("getStatus", Groups.OPERATIONS, "The state of the host.")
                        .needs(Role.VIEWER)
                        .answers("The state.", Schemas.ref("HostStatus"))
                        .by(_ -> Answer.ok(JsonViews.status(host.status()))));
    }

    private Answer ready() {
        HostStatus.Phase phase =
                gate.isShut() ? HostStatus.Phase.DRAINING : host.status().phase();
        boolean ready = phase == HostStatus.Phase.READY;
        JsonObject body = JsonObject.of("status", ready ? "ok" : "unavailable")
                .with("phase", phase.name().toLowerCase(Locale.ROOT));
        return new Answer.Json(ready ? 200 : 503, body, ready ? Map.of() : Map.of("Retry-After", "1"));
    }
}
