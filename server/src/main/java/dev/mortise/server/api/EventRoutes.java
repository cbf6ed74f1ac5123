package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Events;
import dev.mortise.host.HostEvent;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Rings;
import dev.mortise.host.Role;
import dev.mortise.host.Traces;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.events.EventStreams;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What happens in the host: as it happens, and of late. */
final class EventRoutes {

    private static final Parameter<String> KIND = Parameter.choiceInQuery(
            "kind",
            "Only events of this kind.",
            Arrays.stream(HostEvent.Kind.values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .toList());
    private static final Parameter<String> SOURCE =
            Parameter.textInQuery("source", "Only events of the plugin with this id, or of mortise, the host itself.");
    private static final Parameter<Long> AFTER = Parameter.numberInQuery(
            "after",
            "Begin with the remembered events that have greater numbers; by default with what happens next.",
            -1,
            Long.MAX_VALUE);
    private static final Parameter<Long> LAST_EVENT_ID = Parameter.numberInHeader(
            "Last-Event-ID", "As after; browsers send it when they connect again.", 0, Long.MAX_VALUE);

    private final Events events;
    private final Traces traces;
    private final Rings rings;
    private final EventStreams streams;

    EventRoutes(Events events, Traces traces, Rings rings, EventStreams streams) {
        this.events = events;
        this.traces = traces;
        this.rings = rings;
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/events")
                        .named(
                                "watchEvents",
                                Groups.WATCHING,
                                "Events as they happen; with Accept: application/json, those of late.")
                        .needs(Role.VIEWER)
                        .takes(KIND, SOURCE, AFTER, LAST_EVENT_ID, Parameters.LIMIT)
                        .answers(Reply.json(200, "The events.", Schemas.listOf("events", "Event"))
                                .with("text/event-stream", JsonObject.of("type", "string")))
                        .refuses(ProblemCode.TOO_MANY_CALLS)
                        .by(this::events),
                Route.get("/api/v1/logs")
                        .named("listLogs", Groups.WATCHING, "The last log lines, oldest first.")
                        .needs(Role.VIEWER)
                        .takes(Parameters.PLUGIN, Parameters.LIMIT)
                        .answers("Log events.", Schemas.listOf("events", "Event"))
                        .by(call -> recent(
                                call,
                                new Events.Filter(
                                        Set.of(HostEvent.Kind.LOG),
                                        call.find(Parameters.PLUGIN).orElse("")))),
                Route.get("/api/v1/traces")
                        .named(
                                "listTraces",
                                Groups.WATCHING,
                                "The last calls, and the last requests through rings, the newest first.")
                        .needs(Role.VIEWER)
                        .takes(Parameters.PLUGIN, Parameters.LIMIT)
                        .answers("Calls and requests.", Schemas.ref("Traces"))
                        .by(this::traces));
    }

    private Answer events(Call call) {
        Set<HostEvent.Kind> kinds = call.find(KIND)
                .map(kind -> Set.of(HostEvent.Kind.valueOf(kind.toUpperCase(Locale.ROOT))))
                .orElse(Set.of());
        Events.Filter filter = new Events.Filter(kinds, call.find(SOURCE).orElse(""));
        if (wantsJson(call)) {
            return recent(call, filter);
        }
        return streams.stream(
                filter, call.find(LAST_EVENT_ID).or(() -> call.find(AFTER)).orElse(-1L));
    }

    private Answer recent(Call call, Events.Filter filter) {
        return Answer.ok(
                JsonObject.of("events", JsonViews.array(events.recent(filter, limit(call)), JsonViews::event)));
    }

    private Answer traces(Call call) {
        String plugin = call.find(Parameters.PLUGIN).orElse("");
        return Answer.ok(JsonObject.of("traces", JsonViews.array(traces.recent(plugin, limit(call)), JsonViews::trace))
                .with("requests", JsonViews.array(rings.traces(plugin, limit(call)), JsonViews::requestTrace)));
    }

    private static boolean wantsJson(Call call) {
        String accept = call.accept().toLowerCase(Locale.ROOT);
        return accept.contains("application/json") && !accept.contains("text/event-stream");
    }

    private static int limit(Call call) {
        return Math.toIntExact(call.find(Parameters.LIMIT).orElse((long) Parameters.DEFAULT_LIMIT));
    }
}
