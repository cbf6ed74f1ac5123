package dev.mortise.testkit;

import dev.mortise.host.Events;
import dev.mortise.host.Events.Filter;
import dev.mortise.host.HostEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What one plugin has emitted, read from the host's own memory of events. */
final class EmittedEvents {

    private static final int ALL = Integer.MAX_VALUE;

    private final Events events;
    private final String plugin;
    private final Map<String, Long> lastAwaited = new HashMap<>();

    EmittedEvents(Events events, String plugin) {
        this.events = events;
        this.plugin = plugin;
    }

    List<HostEvent> soFar() {
        return events.recent(new Filter(Set.of(HostEvent.Kind.PLUGIN), plugin), ALL);
    }

    List<String> logLines() {
        return events.recent(new Filter(Set.of(HostEvent.Kind.LOG), plugin), ALL).stream()
                .map(line -> line.data().text("level").orElse("info") + ": "
                        + line.data().text("message").orElse(""))
                .toList();
    }

    /** The first of that name after the one that was awaited last; empty if there is none within the limit. */
    Optional<HostEvent> await(String name, Duration limit) throws InterruptedException {
        long after = lastAwaited.getOrDefault(name, 0L);
        LinkedBlockingQueue<HostEvent> found = new LinkedBlockingQueue<>();
        Filter filter = new Filter(Set.of(HostEvent.Kind.PLUGIN), plugin);
        try (var _ = events.subscribe(filter, after, event -> {
            if (event.name().equals(name)) {
                found.add(event);
            }
        })) {
            HostEvent event = found.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (event != null) {
                lastAwaited.put(name, event.sequence());
            }
            return Optional.ofNullable(event);
        }
    }
}
