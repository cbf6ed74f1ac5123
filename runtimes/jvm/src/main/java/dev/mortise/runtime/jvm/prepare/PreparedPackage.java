package dev.mortise.runtime.jvm.prepare;

import dev.mortise.runtime.jvm.loading.ClassGate;
import dev.mortise.runtime.jvm.loading.ClassPreparation;
import dev.mortise.runtime.jvm.polls.LoopPolls;
import dev.mortise.runtime.jvm.polls.PollGap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The classes of one instance's package, prepared when they are asked for, or long before. */
public final class PreparedPackage implements ClassPreparation {

    private final ClassGate gate;
    private final KeptClasses kept;
    private final Consumer<KeptClasses> keeper;
    private final Consumer<PollGap> gaps;

    PreparedPackage(ClassGate gate, Consumer<PollGap> gaps, KeptClasses kept, Consumer<KeptClasses> keeper) {
        this.gate = gate;
        this.gaps = gaps;
        this.kept = kept;
        this.keeper = keeper;
    }

    @Override
    public byte[] prepare(String name, byte[] classFile) {
        byte[] ready = kept.find(name, classFile);
        if (ready != null) {
            return ready;
        }
        gate.admit(name, classFile);
        AtomicBoolean complete = new AtomicBoolean(true);
        byte[] polled = new LoopPolls(gap -> {
                    complete.set(false);
                    gaps.accept(gap);
                })
                .addTo(name, classFile);
        if (complete.get()) {
            // What stays without polls is said at each start, so it is looked at in each.
            kept.add(name, classFile, polled);
        }
        return polled;
    }

    /** Whether everything that the package's hooks can reach can be stopped at any time. */
    public boolean stoppableHooks() {
        return kept.stoppableHooks();
    }

    /** Keeps for the next start what was prepared in this one. */
    public void keep() {
        if (kept.hasNews()) {
            keeper.accept(kept);
        }
    }
}
