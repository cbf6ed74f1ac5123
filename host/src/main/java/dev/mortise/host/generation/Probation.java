package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches what has just been changed for a while. If its own check fails, or so many of its calls that it is
 * quarantined, the host goes back to the generation before, as an operator would.
 */
final class Probation implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(500);

    /** What goes back. Given later, because whoever makes changes also begins probations. */
    interface Retreat {
        void applyIfStill(long generation, Change change, Actor actor);
    }

    private final EventBus events;
    private final Duration length;
    private volatile Retreat retreat = (_, _, _) -> {};
    private volatile @Nullable Thread watch;

    Probation(EventBus events, Duration length) {
        this.events = events;
        this.length = length;
    }

    void connect(Retreat value) {
        retreat = value;
    }

    /** Watches the changed plugins of a generation that has just been published; the watch before it ends. */
    void watch(LiveGeneration generation, Set<PluginId> changed, Cause cause) {
        close();
        // To go back from a rollback would be to return to what was left for a reason.
        if (changed.isEmpty() || length.isZero() || cause.action().equals("rollback")) {
            return;
        }
        Thread thread = Thread.ofVirtual()
                .name("mortise-probation-" + generation.number())
                .unstarted(() -> run(generation, Set.copyOf(changed)));
        watch = thread;
        thread.start();
    }

    @Override
    public void close() {
        Thread running = watch;
        if (running != null && running != Thread.currentThread()) {
            running.interrupt();
        }
    }

    private void run(LiveGeneration generation, Set<PluginId> changed) {
        long end = System.nanoTime() + length.toNanos();
        try {
            while (System.nanoTime() - end < 0) {
                Thread.sleep(PERIOD);
                for (PluginId id : changed) {
                    Member member = generation.members().get(id);
                    LiveInstance instance =
                            member == null ? null : member.instance().orElse(null);
                    if (instance != null && verdict(instance) instanceof Problem problem) {
                        goBack(generation, problem);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Problem verdict(LiveInstance instance) {
        if (instance.isQuarantined()) {
            return Problem.of(
                    ProblemCode.QUARANTINED,
                    instance.id(),
                    instance.id() + " " + instance.version() + " failed too many calls right after the change");
        }
        return instance.check() instanceof Refused<LiveInstance>(Problem problem) ? problem : null;
    }

    private void goBack(LiveGeneration generation, Problem problem) {
        events.lifecycle(
                "automatic_rollback",
                JsonObject.of("generation", generation.number())
                        .with("code", problem.code().code())
                        .with("message", problem.message()));
        watch = null;
        retreat.applyIfStill(
                generation.number(), new Change.Rollback(OptionalLong.empty()), new Actor("probation", "host"));
    }
}
