package dev.mortise.runtime.process.launch;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A process that was started, with everything that it started in turn: its group. Safe for use by several threads. */
public interface PluginProcess extends AutoCloseable {

    long pid();

    /** With the pid, tells this process from every other one that ever had the same pid. */
    Instant startTime();

    OutputStream stdin();

    InputStream stdout();

    InputStream stderr();

    /** Completed with the exit status when the process itself has ended, whoever still holds its output. */
    CompletableFuture<Integer> onExit();

    boolean isAlive();

    /** A sentence about a status that is due to the walls around the process, where it may be. */
    default Optional<String> explain(int status) {
        return Optional.empty();
    }

    /** Asks the process to end: SIGTERM. */
    void terminate();

    /** Ends the whole group at once: SIGKILL. */
    void kill();

    /** Kills what is left of the group, and frees the streams. */
    @Override
    void close();
}
