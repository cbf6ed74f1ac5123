package dev.mortise.host.generation;

import dev.mortise.host.spi.Contributions.Routine;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs one routine of one instance, again and again, until it is closed. */
final class RoutineLoop implements AutoCloseable {

    private final Routine routine;
    private final Consumer<Routine> run;
    private final Thread thread;
    private volatile boolean closed;

    RoutineLoop(String plugin, Routine routine, Consumer<Routine> run) {
        this.routine = routine;
        this.run = run;
        thread = Thread.ofVirtual()
                .name("mortise-routine-" + plugin + "." + routine.name())
                .unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    /** Begins no further run; one that is under way comes to its own end. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void loop() {
        long period = routine.period().toNanos();
        long due = System.nanoTime();
        while (!closed) {
            run.accept(routine);
            // Runs that were missed because one took too long are left out, not made up for.
            due = Math.max(due + period, System.nanoTime());
            try {
                Thread.sleep(Duration.ofNanos(due - System.nanoTime()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
