package dev.mortise.host.guard;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds a guard by its number. Deadline slots hold numbers and not guards: a number costs the garbage collector nothing
 * on each call, and keeps no plugin in memory. A guard is found at least as long as one of its calls is under way.
 */
final class GuardRegistry {

    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, Entry> guards = new ConcurrentHashMap<>();
    private final ReferenceQueue<CallGuard> collected = new ReferenceQueue<>();

    int nextNumber() {
        return last.incrementAndGet();
    }

    void add(CallGuard guard) {
        forgetCollected();
        guards.put(guard.number(), new Entry(guard, collected));
    }

    Optional<CallGuard> find(int number) {
        return Optional.ofNullable(guards.get(number)).map(Reference::get);
    }

    private void forgetCollected() {
        Reference<? extends CallGuard> reference;
        while ((reference = collected.poll()) != null) {
            if (reference instanceof Entry entry) {
                guards.remove(entry.number);
            }
        }
    }

    private static final class Entry extends WeakReference<CallGuard> {
        private final int number;

        Entry(CallGuard guard, ReferenceQueue<CallGuard> queue) {
            super(guard, queue);
            this.number = guard.number();
        }
    }
}
