package dev.mortise.server.events;

import dev.mortise.host.Events;
import dev.mortise.host.HostEvent;
import dev.mortise.server.route.StreamBody;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One reader's stream. */
final class EventStream implements StreamBody {

    private final Events events;
    private final Events.Filter filter;
    private final long after;
    private final Duration heartbeat;
    private final Consumer<EventStream> onClose;
    private final EventHandoff handoff = new EventHandoff();

    EventStream(Events events, Events.Filter filter, long after, Duration heartbeat, Consumer<EventStream> onClose) {
        this.events = events;
        this.filter = filter;
        this.after = after;
        this.heartbeat = heartbeat;
        this.onClose = onClose;
    }

    @Override
    public void write(EventSink sink) throws IOException {
        try (Events.Subscription _ = events.subscribe(filter, after, this::give)) {
            // So that the reader knows at once that nothing will be missed from here on.
            sink.send(EventText.comment("connected"));
            while (!handoff.hasEnded()) {
                Optional<HostEvent> event = handoff.take(heartbeat);
                sink.send(event.map(EventText::of).orElseGet(() -> EventText.comment("still here")));
            }
            sink.send(EventText.comment("the server is shutting down"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Lets go of the host's thread if it waits with an event in its hand.
            handoff.end();
        }
    }

    void end() {
        handoff.end();
    }

    @Override
    public void close() {
        handoff.end();
        onClose.accept(this);
    }

    private void give(HostEvent event) {
        try {
            handoff.give(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
