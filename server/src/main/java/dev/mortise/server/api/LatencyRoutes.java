package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView;
import dev.mortise.host.Plugins;
import dev.mortise.host.Rings;
import dev.mortise.host.Role;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;

/** How long plugins and rings take, in the form that dashboards of gateways with five rings know. */
final class LatencyRoutes {

    private static final int TIMELINE = 20;

    private final Plugins plugins;
    private final Rings rings;

    LatencyRoutes(Plugins plugins, Rings rings) {
        this.plugins = plugins;
        this.rings = rings;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins/stats")
                        .named("getPluginStats", Groups.PLUGINS, "The figures of each running plugin, by id.")
                        .needs(Role.VIEWER)
                        .answers(
                                "The figures; durations are in milliseconds.",
                                JsonObject.of("type", "object")
                                        .with("additionalProperties", Schemas.ref("PluginStats")))
                        .by(_ -> Answer.ok(LatencyViews.stats(running()))),
                Route.get("/api/v1/metrics/latency")
                        .named("getLatency", Groups.RINGS, "How long rings and plugins take.")
                        .needs(Role.VIEWER)
                        .answers("Percentiles, in milliseconds.", Schemas.ref("Latency"))
                        .by(_ -> Answer.ok(
                                LatencyViews.latency(rings.list(), running(), rings.traces(Integer.MAX_VALUE)))),
                Route.get("/api/v1/metrics/ring-timeline")
                        .named("getRingTimeline", Groups.RINGS, "The last 20 requests through rings, newest first.")
                        .needs(Role.VIEWER)
                        .answers("The requests; durations are in milliseconds.", Schemas.ref("RingTimeline"))
                        .by(_ -> Answer.ok(LatencyViews.timeline(rings.traces(TIMELINE)))));
    }

    private List<PluginView> running() {
        return plugins.list().stream()
                .filter(plugin -> plugin.guard().isPresent())
                .toList();
    }
}
