package dev.mortise.host.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Events;
import dev.mortise.host.Events.Filter;
import dev.mortise.host.HostEvent;
import dev.mortise.host.HostEvent.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventBusTest {

    private final EventBus bus = new EventBus(InstantSource.system());

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void deliversInTheOrderOfEmissionWithoutGaps() throws InterruptedException {
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe(Filter.ALL, -1, heard::add);
        for (int i = 0; i < 1_000; i++) {
            bus.lifecycle("step", JsonObject.of("i", i));
        }
        for (int i = 1; i <= 1_000; i++) {
            assertThat(next(heard).sequence()).isEqualTo(i);
        }
    }

    @Test
    void aLateSubscriberResumesWhereItLeftOff() throws InterruptedException {
        bus.lifecycle("one", JsonObject.EMPTY);
        bus.lifecycle("two", JsonObject.EMPTY);
        bus.lifecycle("three", JsonObject.EMPTY);
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();

        bus.subscribe(Filter.ALL, 1, heard::add);

        assertThat(next(heard).name()).isEqualTo("two");
        assertThat(next(heard).name()).isEqualTo("three");
    }

    @Test
    void aSubscriberThatFallsBehindIsToldHowMuchItLost() throws InterruptedException {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch holding = new CountDownLatch(1);
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe(Filter.ALL, -1, event -> {
            holding.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(event);
        });
        bus.lifecycle("first", JsonObject.EMPTY);
        holding.await();
        for (int i = 0; i < 5_000; i++) {
            bus.lifecycle("more", JsonObject.EMPTY);
        }
        hold.countDown();

        assertThat(next(heard).name()).isEqualTo("first");
        HostEvent lost = next(heard);
        assertThat(lost.name()).isEqualTo("lost");
        long missing = lost.data().integer("count").orElseThrow();
        assertThat(next(heard).sequence()).isEqualTo(2 + missing);
        assertThat(missing).isEqualTo(5_000 - 4_096);
    }

    @Test
    void aSubscriberThatThrowsStillHearsTheNext() throws InterruptedException {
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();
        bus.subscribe(Filter.ALL, -1, event -> {
            heard.add(event);
            throw new IllegalStateException("a subscriber's own fault");
        });
        bus.lifecycle("one", JsonObject.EMPTY);
        bus.lifecycle("two", JsonObject.EMPTY);

        assertThat(next(heard).name()).isEqualTo("one");
        assertThat(next(heard).name()).isEqualTo("two");
    }

    @Test
    void logLinesDoNotWashAwayWhatHappened() {
        bus.lifecycle("important", JsonObject.EMPTY);
        for (int i = 0; i < 10_000; i++) {
            bus.emit(Kind.LOG, "log", "chatty", JsonObject.of("message", "line " + i));
        }

        assertThat(bus.recent(new Filter(Set.of(Kind.LIFECYCLE), ""), 10))
                .extracting(HostEvent::name)
                .containsExactly("important");
        assertThat(bus.recent(new Filter(Set.of(Kind.LOG), "chatty"), 1))
                .extracting(event -> event.data().text("message").orElseThrow())
                .containsExactly("line 9999");
    }

    @Test
    void hearsNothingMoreOnceTheSubscriptionIsClosed() {
        BlockingQueue<HostEvent> heard = new LinkedBlockingQueue<>();
        Events.Subscription subscription = bus.subscribe(Filter.ALL, -1, heard::add);
        subscription.close();
        bus.lifecycle("unheard", JsonObject.EMPTY);
        BlockingQueue<HostEvent> other = new LinkedBlockingQueue<>();
        bus.subscribe(Filter.ALL, 0, other::add);

        assertThat(poll(other).name()).isEqualTo("unheard");
        assertThat(List.copyOf(heard)).isEmpty();
    }

    private static HostEvent poll(BlockingQueue<HostEvent> queue) {
        try {
            return next(queue);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HostEvent next(BlockingQueue<HostEvent> queue) throws InterruptedException {
        HostEvent event = queue.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("an event within ten seconds").isNotNull();
        return event;
    }
}
