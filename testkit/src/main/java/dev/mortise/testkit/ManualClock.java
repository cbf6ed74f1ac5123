package dev.mortise.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until the test moves it. It is the host's and the plugin's; deadlines are measured in real
 * time all the same. Safe for use by several threads.
 */
public final class ManualClock extends Clock {

    /** Where it begins. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    ManualClock() {
        this(new AtomicReference<>(START), ZoneOffset.UTC);
    }

    private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** Moves it on, or back by a negative duration. */
    public void advance(Duration duration) {
        now.updateAndGet(before -> before.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same time, moved by the same calls, in another zone. */
    @Override
    public ManualClock withZone(ZoneId other) {
        return new ManualClock(now, other);
    }
}
