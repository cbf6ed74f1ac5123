package dev.mortise.host.event;

import dev.mortise.host.HostEvent;
import java.util.ArrayDeque;
import java.util.stream.Stream;

/** The last so many events. Not safe for use by several threads. */
final class EventMemory {

    private final int capacity;
    private final ArrayDeque<HostEvent> events = new ArrayDeque<>();

    EventMemory(int capacity) {
        this.capacity = capacity;
    }

    void add(HostEvent event) {
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    Stream<HostEvent> stream() {
        return events.stream();
    }
}
