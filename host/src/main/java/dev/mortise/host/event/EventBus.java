package dev.mortise.host.event;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Events;
import dev.mortise.host.HostEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Numbers events, remembers the most recent ones, and hands them to subscribers. Emitting never waits for anybody.
 */
public final class EventBus implements Events, AutoCloseable {

    private static final int REMEMBERED_EVENTS = 1_000;
    /** Log lines have a memory of their own, so that a talkative plugin does not wash away what happened. */
    private static final int REMEMBERED_LINES = 2_000;

    private final InstantSource clock;
    private final EventMemory events = new EventMemory(REMEMBERED_EVENTS);
    private final EventMemory lines = new EventMemory(REMEMBERED_LINES);
    private final List<EventQueue> subscribers = new CopyOnWriteArrayList<>();
    private final Object order = new Object();
    private volatile Consumer<HostEvent> plugins = _ -> {};
    private long sequence;

    public EventBus(InstantSource clock) {
        this.clock = clock;
    }

    /** Where events go that plugins may listen to: the live generation's listeners. Called in order, must not wait. */
    public void connectPlugins(Consumer<HostEvent> listeners) {
        plugins = listeners;
    }

    public void emit(HostEvent.Kind kind, String name, String source, JsonObject data) {
        synchronized (order) {
            HostEvent event = new HostEvent(++sequence, clock.instant(), kind, name, source, data);
            (kind == HostEvent.Kind.LOG ? lines : events).add(event);
            for (EventQueue subscriber : subscribers) {
                subscriber.offer(event);
            }
            if (kind != HostEvent.Kind.LOG) {
                plugins.accept(event);
            }
        }
    }

    public void lifecycle(String name, JsonObject data) {
        emit(HostEvent.Kind.LIFECYCLE, name, HostEvent.HOST, data);
    }

    @Override
    public Subscription subscribe(Filter filter, long after, Consumer<HostEvent> listener) {
        EventQueue queue = new EventQueue(filter, listener);
        synchronized (order) {
            if (after >= 0) {
                remembered(filter).filter(event -> event.sequence() > after).forEach(queue::offer);
            }
            subscribers.add(queue);
        }
        queue.start();
        return () -> {
            subscribers.remove(queue);
            queue.cancel();
        };
    }

    @Override
    public List<HostEvent> recent(Filter filter, int limit) {
        List<HostEvent> passing;
        synchronized (order) {
            passing = new ArrayList<>(remembered(filter).toList());
        }
        return List.copyOf(passing.subList(Math.max(0, passing.size() - limit), passing.size()));
    }

    private Stream<HostEvent> remembered(Filter filter) {
        return Stream.concat(events.stream(), lines.stream())
                .filter(filter::passes)
                .sorted(Comparator.comparingLong(HostEvent::sequence));
    }

    @Override
    public void close() {
        subscribers.forEach(EventQueue::close);
        subscribers.clear();
    }
}
