package dev.mortise.host.guard;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadline slots of all threads. Any thread adds its own without a lock; only the watchdog takes out those whose
 * thread has ended.
 */
final class SlotList {

    private final AtomicReference<@Nullable Node> first = new AtomicReference<>();

    void add(DeadlineSlot slot) {
        Node node = new Node(slot);
        do {
            node.next = first.get();
        } while (!first.compareAndSet(node.next, node));
    }

    void forEach(Consumer<DeadlineSlot> action) {
        for (Node node = first.get(); node != null; node = node.next) {
            action.accept(node.slot);
        }
    }

    /** For the watchdog only. The first stays even if its thread has ended, until another is added before it. */
    void sweep() {
        Node kept = first.get();
        while (kept != null) {
            Node next = kept.next;
            if (next != null && next.slot.owner().hasEnded()) {
                kept.next = next.next;
            } else {
                kept = next;
            }
        }
        Node head = first.get();
        if (head != null && head.slot.owner().hasEnded()) {
            first.compareAndSet(head, head.next);
        }
    }

    private static final class Node {
        private final DeadlineSlot slot;

        private volatile @Nullable Node next;

        Node(DeadlineSlot slot) {
            this.slot = slot;
        }
    }
}
