package dev.mortise.runtime.process.session;

import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.v1.DescribeResponse;
import dev.mortise.plugin.v1.EventType;
import dev.mortise.plugin.v1.Function;
import dev.mortise.plugin.v1.Hook;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks what a plugin says about itself, and reads its schemas. */
final class DescribedOffer {

    private static final int MOST = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

    private DescribedOffer() {}

    static Offer of(DescribeResponse described) throws PluginFault {
        List<Offer.Function> functions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Function function : bounded(described.getFunctionsList(), "functions")) {
            String name = checked(function.getName(), "function", names);
            functions.add(new Offer.Function(
                    name,
                    function.getDescription(),
                    PluginJson.schema(function.getParamsSchema(), "the parameters' schema of function " + name),
                    function.getResultSchema().isEmpty()
                            ? JsonObject.EMPTY
                            : PluginJson.object(function.getResultSchema(), "the result's schema of function " + name),
                    function.getIdempotent()));
        }
        List<Offer.EventType> events = new ArrayList<>();
        Set<String> eventNames = new HashSet<>();
        for (EventType event : bounded(described.getEventsList(), "events")) {
            String name = checked(event.getName(), "event", eventNames);
            events.add(new Offer.EventType(
                    name,
                    event.getDescription(),
                    PluginJson.schema(event.getPayloadSchema(), "the payload's schema of event " + name)));
        }
        return new Offer(
                functions,
                bounded(described.getHooksList(), "hooks").stream()
                        .map(Hook::getName)
                        .toList(),
                events,
                bounded(described.getListenersList(), "listeners").stream()
                        .map(listener -> new Offer.Listener(listener.getEvent(), listener.getFrom()))
                        .toList(),
                described.getWebhook());
    }

    private static <T> List<T> bounded(List<T> list, String what) throws PluginFault {
        if (list.size() > MOST) {
            throw new PluginFault("it offers " + list.size() + " " + what + ", more than the " + MOST + " that it may");
        }
        return list;
    }

    private static String checked(String name, String what, Set<String> taken) throws PluginFault {
        if (!NAME.matcher(name).matches()) {
            throw new PluginFault("it offers a " + what + " with the name '" + name
                    + "'; a name is a lower-case letter, then lower-case letters, digits or _, 100 at most");
        }
        if (!taken.add(name)) {
            throw new PluginFault("it offers the " + what + " " + name + " twice");
        }
        return name;
    }
}
