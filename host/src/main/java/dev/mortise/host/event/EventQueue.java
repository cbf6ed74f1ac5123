package dev.mortise.host.event;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Events.Filter;
import dev.mortise.host.HostEvent;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscriber's bounded queue, emptied by a virtual thread of its own. */
final class EventQueue {

    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());
    /** More than the bus remembers, so that a replay always fits. */
    private static final int CAPACITY = 4_096;

    private final Filter filter;
    private final Consumer<HostEvent> listener;
    private final ArrayDeque<HostEvent> queue = new ArrayDeque<>();
    private final Thread thread;
    private long lost;
    private boolean closed;

    EventQueue(Filter filter, Consumer<HostEvent> listener) {
        this.filter = filter;
        this.listener = listener;
        thread = Thread.ofVirtual().name("mortise-events").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    synchronized void offer(HostEvent event) {
        if (closed || !filter.passes(event)) {
            return;
        }
        if (queue.size() == CAPACITY) {
            queue.removeFirst();
            lost++;
        }
        queue.addLast(event);
        notifyAll();
    }

    /** Ends when what is queued has been heard. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Ends now, with what is queued unheard. */
    synchronized void cancel() {
        queue.clear();
        close();
    }

    private void run() {
        HostEvent event;
        while ((event = take()) != null) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) {
                // One event that a subscriber cannot take must not cost it the next.
                LOG.log(System.Logger.Level.WARNING, "an event subscriber failed", e);
            }
        }
    }

    private synchronized @Nullable HostEvent take() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        if (queue.isEmpty()) {
            return null;
        }
        if (lost > 0) {
            HostEvent next = queue.getFirst();
            JsonObject count = JsonObject.of("count", lost);
            lost = 0;
            return new HostEvent(
                    next.sequence() - 1, next.at(), HostEvent.Kind.LIFECYCLE, "lost", HostEvent.HOST, count);
        }
        return queue.removeFirst();
    }
}
