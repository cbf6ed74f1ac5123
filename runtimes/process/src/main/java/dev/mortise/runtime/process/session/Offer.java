package dev.mortise.runtime.process.session;

import dev.mortise.api.json.JsonObject;
import java.util.List;

/**
 * What a plugin says that it offers.
 *
 * @param webhook whether it receives webhooks
 */
public record Offer(
        List<Function> functions,
        List<String> hooks,
        List<EventType> events,
        List<Listener> listeners,
        boolean webhook) {

    public static final Offer NOTHING = new Offer(List.of(), List.of(), List.of(), List.of(), false);

    public Offer {
        functions = List.copyOf(functions);
        hooks = List.copyOf(hooks);
        events = List.copyOf(events);
        listeners = List.copyOf(listeners);
    }

    public record Function(String name, String description, JsonObject params, JsonObject result, boolean idempotent) {}

    public record EventType(String name, String description, JsonObject payload) {}

    /** @param from the id of the plugin whose events it hears, or the empty text for any */
    public record Listener(String event, String from) {}
}
