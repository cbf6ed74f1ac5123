package dev.mortise.host.guard;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one plugin that the host has given up on and that still hold a thread each. While there are as many as
 * the cap the plugin's breaker is held open, so that a plugin cannot use up the machine's threads.
 */
final class AbandonedCalls {

    private final int cap;
    private final Breaker breaker;
    private final NanoClock clock;
    private final InstantSource wallClock;
    private final List<Entry> entries = new ArrayList<>();

    AbandonedCalls(int cap, Breaker breaker, NanoClock clock, InstantSource wallClock) {
        this.cap = cap;
        this.breaker = breaker;
        this.clock = clock;
        this.wallClock = wallClock;
    }

    synchronized Entry add(Callee callee, Thread thread) {
        Entry entry = new Entry(callee, thread);
        entries.add(entry);
        if (entries.size() == cap) {
            breaker.hold(clock.nanoTime(), cap + " of its calls are stuck and cannot be stopped");
        }
        return entry;
    }

    private synchronized void remove(Entry entry) {
        if (entries.remove(entry) && entries.size() == cap - 1) {
            breaker.letGo(clock.nanoTime());
        }
    }

    synchronized int count() {
        return entries.size();
    }

    synchronized int countOf(Callee callee) {
        return (int)
                entries.stream().filter(entry -> entry.callee.equals(callee)).count();
    }

    List<AbandonedCall> list() {
        List<Entry> present;
        synchronized (this) {
            present = List.copyOf(entries);
        }
        // Outside the lock: to see where a thread is, the JVM has to stop it for a moment.
        return present.stream().map(Entry::view).toList();
    }

    /** One of them, until it has ended after all. */
    final class Entry {

        private final Callee callee;
        private final Thread thread;
        private final Instant since = wallClock.instant();

        private Entry(Callee callee, Thread thread) {
            this.callee = callee;
            this.thread = thread;
        }

        void end() {
            remove(this);
        }

        private AbandonedCall view() {
            return new AbandonedCall(callee, CallThread.nameOf(thread), since, StackPlace.of(thread));
        }
    }
}
