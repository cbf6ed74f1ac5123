package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.List;

/** A released instance's class loader on its way out of memory. Refers to it weakly only. */
public final class Remains {

    private final String name;
    private final CollectionProbe<PluginClassLoader> probe;
    private final Sweep sweep;
    private List<Leftover> found = List.of();
    private int foundAt;

    public Remains(PluginClassLoader released, Sweep sweep) {
        this.name = released.getName();
        this.probe = new CollectionProbe<>(released);
        this.sweep = sweep;
    }

    /** Whether all of its classes are gone. */
    public boolean isCollected() {
        return probe.look() == CollectionProbe.State.COLLECTED;
    }

    /**
     * What holds it, as far as it can be found; what has come since the last time is cleaned. Looks anew only when a
     * collector has tried once more. Empty while none has tried, and when it is gone.
     */
    public synchronized List<Leftover> holders() {
        PluginClassLoader loader = probe.loader().get();
        if (probe.look() != CollectionProbe.State.HELD || loader == null) {
            return List.of();
        }
        if (probe.proofs() > foundAt) {
            foundAt = probe.proofs();
            found = sweep.after(loader, Duration.ZERO);
        }
        return found.isEmpty() ? List.of(unknown()) : found;
    }

    private Leftover unknown() {
        return LeftoverKind.UNKNOWN.remaining("something that Mortise does not know refers to the classes of " + name
                + "; a heap dump shows the path to its class loader (jcmd <pid> GC.heap_dump <file>)"
                + sweep.advice());
    }
}
