package dev.mortise.host.generation;

import dev.mortise.host.HostEvent;
import dev.mortise.host.spi.Contributions.Listener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who listens to which event, in one generation. */
final class ListenerTable {

    private record Place(Listener listener, LiveInstance instance) {}

    private final Map<String, List<Place>> byEvent = new HashMap<>();

    ListenerTable(Collection<Member> members) {
        for (Member member : members) {
            member.instance()
                    .ifPresent(instance -> instance.contributions()
                            .listeners()
                            .forEach(listener -> byEvent.computeIfAbsent(listener.event(), _ -> new ArrayList<>())
                                    .add(new Place(listener, instance))));
        }
    }

    /** Puts the event into the queue of each that listens. Never waits. */
    void deliver(HostEvent event) {
        for (Place place : byEvent.getOrDefault(event.name(), List.of())) {
            if (place.listener().from().isEmpty() || place.listener().from().equals(event.source())) {
                place.instance().listening().offer(place.listener(), event);
            }
        }
    }
}
