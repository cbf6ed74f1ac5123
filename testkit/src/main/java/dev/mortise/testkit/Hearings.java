package dev.mortise.testkit;

import dev.mortise.host.spi.Contributions.Listener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which events which listeners are done with, and what went wrong. Safe for use by several threads. */
final class Hearings {

    private final List<Hearing> hearings = new ArrayList<>();

    /** @param failure what the listener threw, as text */
    record Hearing(String listener, long sequence, Optional<String> failure) {}

    Listener noting(Listener listener) {
        return new Listener(listener.name(), listener.event(), listener.from(), (event, payload) -> {
            Throwable thrown = null;
            try {
                listener.handler().hear(event, payload);
            } catch (Throwable e) {
                thrown = e;
                throw e;
            } finally {
                note(listener.name(), event.sequence(), thrown);
            }
        });
    }

    private synchronized void note(String listener, long sequence, @Nullable Throwable thrown) {
        hearings.add(new Hearing(listener, sequence, Optional.ofNullable(thrown).map(Throwable::toString)));
        notifyAll();
    }

    /** Waits until that many listeners are done with an event; fewer come back when the time is up. */
    synchronized List<Hearing> await(long sequence, int listeners, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            List<Hearing> heard = hearings.stream()
                    .filter(hearing -> hearing.sequence() == sequence)
                    .toList();
            long left = end - System.nanoTime();
            if (heard.size() >= listeners || left <= 0) {
                return heard;
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }
}
