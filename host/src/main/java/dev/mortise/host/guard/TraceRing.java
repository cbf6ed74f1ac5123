package dev.mortise.host.guard;

import dev.mortise.host.Traces;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last calls, a bounded number of them. While it is switched off only failures that count against a plugin are
 * kept; they also have a ring of their own, so that a flood of good calls does not wash them away. Recording takes no
 * lock.
 */
public final class TraceRing implements Traces {

    public static final int DEFAULT_CAPACITY = 1_000;

    private final AtomicLong numbers = new AtomicLong();
    private final Ring calls;
    private final Ring faults;

    private volatile boolean on;

    public TraceRing(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a trace ring holds at least 1 call, not " + capacity);
        }
        calls = new Ring(capacity);
        faults = new Ring(Math.max(1, capacity / 4));
    }

    public void turnOn() {
        on = true;
    }

    public void turnOff() {
        on = false;
    }

    public boolean isOn() {
        return on;
    }

    void record(Trace trace) {
        calls.put(new Numbered(numbers.getAndIncrement(), trace));
    }

    void recordFault(Trace trace) {
        Numbered numbered = new Numbered(numbers.getAndIncrement(), trace);
        calls.put(numbered);
        faults.put(numbered);
    }

    @Override
    public List<Trace> recent(String plugin, int limit) {
        return Stream.concat(calls.stream(), faults.stream())
                .filter(numbered -> plugin.isEmpty() || plugin.equals(numbered.trace.plugin()))
                .distinct()
                .sorted(Comparator.comparingLong(Numbered::number).reversed())
                .limit(Math.max(0, limit))
                .map(Numbered::trace)
                .toList();
    }

    private record Numbered(long number, Trace trace) {}

    private static final class Ring {
        private final AtomicReferenceArray<@Nullable Numbered> places;
        private final AtomicLong written = new AtomicLong();

        Ring(int capacity) {
            places = new AtomicReferenceArray<>(capacity);
        }

        void put(Numbered numbered) {
            places.setRelease((int) (written.getAndIncrement() % places.length()), numbered);
        }

        Stream<Numbered> stream() {
            return IntStream.range(0, places.length())
                    .mapToObj(places::getAcquire)
                    .filter(Numbered.class::isInstance)
                    .map(Numbered.class::cast);
        }
    }
}
