package dev.mortise.host.generation;

import dev.mortise.host.HostEvent;
import dev.mortise.host.spi.Contributions.Listener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The events that one instance has still to hear: in order, one at a time, and not more than so many. */
final class ListenerQueue {

    private static final int CAPACITY = 1_024;

    private record Delivery(Listener listener, HostEvent event) {}

    private final ArrayDeque<Delivery> queue = new ArrayDeque<>();
    private final BiConsumer<Listener, HostEvent> hear;
    private final Thread thread;
    private boolean started;
    private boolean closed;
    private long dropped;

    ListenerQueue(String plugin, BiConsumer<Listener, HostEvent> hear) {
        this.hear = hear;
        thread = Thread.ofVirtual().name("mortise-listen-" + plugin).unstarted(this::run);
    }

    synchronized void offer(Listener listener, HostEvent event) {
        if (closed) {
            return;
        }
        if (queue.size() == CAPACITY) {
            queue.removeFirst();
            dropped++;
        }
        queue.addLast(new Delivery(listener, event));
        if (!started) {
            // Most plugins listen to nothing, and need no thread for it.
            started = true;
            thread.start();
        }
        notifyAll();
    }

    /** Events that were not heard, because the plugin was too slow. */
    synchronized long dropped() {
        return dropped;
    }

    /** Takes nothing more, and ends when what is queued has been heard. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until the last event has been heard. @return whether it has */
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(limit);
    }

    private void run() {
        Delivery next;
        while ((next = take()) != null) {
            hear.accept(next.listener(), next.event());
        }
    }

    private synchronized @Nullable Delivery take() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return null;
            }
        }
        return queue.pollFirst();
    }
}
