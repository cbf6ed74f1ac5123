package dev.mortise.host.generation;

import java.util.concurrent.atomic.AtomicReference;

/** The one reference to the live generation. */
final class Current {

    private final AtomicReference<LiveGeneration> live;

    Current(LiveGeneration first) {
        live = new AtomicReference<>(first);
    }

    LiveGeneration get() {
        return live.get();
    }

    /** The live generation, entered. Whoever gets it leaves it when its call has ended. */
    LiveGeneration enter() {
        while (true) {
            LiveGeneration generation = live.get();
            if (generation.enter()) {
                return generation;
            }
            // It was retired between the look and the step in: its successor is there already.
            Thread.onSpinWait();
        }
    }

    /** @return the generation that was live before, not retired yet */
    LiveGeneration publish(LiveGeneration next) {
        return live.getAndSet(next);
    }
}
