package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.client.ServerSentEvents;
import dev.mortise.cli.output.EventText;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events of a host, shown one a line. */
final class EventStream {

    private final HostClient host;
    private final Output output;
    private final String query;

    EventStream(HostClient host, Output output) {
        this(host, output, "");
    }

    private EventStream(HostClient host, Output output, String query) {
        this.host = host;
        this.output = output;
        this.query = query;
    }

    /** Narrows it down; null for no condition. */
    EventStream only(String name, @Nullable String value) {
        return value == null
                ? this
                : new EventStream(host, output, query + "&" + name + "=" + HostClient.encode(value));
    }

    void recent(int limit) {
        output.show(latest(limit), answer -> {
            List<JsonObject> events = Fields.objects(answer, "events");
            events.forEach(this::show);
            if (events.isEmpty()) {
                output.note("nothing yet");
            }
        });
    }

    /** Shows the latest, and then each one as it happens, until the host ends the stream. */
    void follow(int limit) throws IOException {
        List<JsonObject> events = Fields.objects(latest(limit), "events");
        events.forEach(this::show);
        long after =
                events.isEmpty() ? -1 : events.getLast().integer("sequence").orElse(-1);
        try (ServerSentEvents stream = host.events("?after=" + after + query)) {
            for (Optional<JsonObject> event = stream.next(); event.isPresent(); event = stream.next()) {
                show(event.get());
            }
        }
        throw CommandFailure.of("the host has ended the stream; it is stopping");
    }

    private JsonObject latest(int limit) {
        return host.get("/api/v1/events?limit=" + limit + query);
    }

    private void show(JsonObject event) {
        if (output.json()) {
            output.line(event.toString());
        } else {
            output.line(output.time(Fields.text(event, "at")) + "  " + EventText.of(event));
        }
    }
}
