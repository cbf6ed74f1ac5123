package dev.mortise.server.events;

import dev.mortise.host.HostEvent;
import dev.mortise.host.view.JsonViews;
import java.util.Locale;

/** Events as text/event-stream, as the HTML standard has it (section 9.2.6, "Interpreting an event stream"). */
final class EventText {

    private EventText() {}

    /** JSON text has no line breaks of its own, so one data line is enough. */
    static String of(HostEvent event) {
        return "id: " + event.sequence() + "\nevent: " + event.kind().name().toLowerCase(Locale.ROOT) + "\ndata: "
                + JsonViews.event(event) + "\n\n";
    }

    /** What readers skip; one line. */
    static String comment(String text) {
        return ": " + text + "\n\n";
    }
}
