package dev.mortise.runtime.jvm.leftovers;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Watches whether a class loader is collected. A collector may take its time, or never try; so a class loader that
 * nothing refers to is made beside it, and when that one is gone, a collector has tried. Only after a few such proofs
 * is it said that something holds the loader.
 */
public final class CollectionProbe<L extends ClassLoader> {

    /** Concurrent collectors may see a class that was dropped while they were at work as alive once more. */
    private static final int PROOFS = 3;

    private final ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    /** Only kept: without it the queue would never hear of the loader. */
    @SuppressWarnings("unused")
    private final PhantomReference<ClassLoader> watched;

    private final WeakReference<L> loader;
    private WeakReference<ClassLoader> canary = Canary.released();
    private int proofs;
    private State state = State.PENDING;

    /** What is known about the loader. */
    public enum State {
        /** No collector has looked at it often enough. */
        PENDING,
        /** It is gone. */
        COLLECTED,
        /** Collectors have looked at it and left it: something refers to it. */
        HELD
    }

    public CollectionProbe(L loader) {
        this.loader = new WeakReference<>(loader);
        this.watched = new PhantomReference<>(loader, queue);
    }

    /** Looks. A held loader can still be collected later. */
    public synchronized State look() {
        if (state != State.COLLECTED) {
            if (queue.poll() != null) {
                state = State.COLLECTED;
            } else if (canary.get() == null) {
                proofs++;
                canary = Canary.released();
                state = proofs >= PROOFS ? State.HELD : State.PENDING;
            }
        }
        return state;
    }

    /** How often a collector is known to have tried in vain. */
    synchronized int proofs() {
        return proofs;
    }

    /** The loader as long as it is there, to find out what holds it; never to be kept. */
    public WeakReference<L> loader() {
        return loader;
    }
}
