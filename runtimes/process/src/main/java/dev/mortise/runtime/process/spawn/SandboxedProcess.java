package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.SandboxLevel;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A plugin's process and all that it starts. Whoever started it owns it and closes it. Any thread may call; each stream is for
 * one thread at a time.
 *
 * <p>The streams are pipes: a process that writes more than the kernel keeps (64 KiB) waits until somebody reads. Nothing of
 * its output is kept here.
 */
public interface SandboxedProcess extends AutoCloseable {

    /** The process's id as the host sees it. With a sandbox it may be that of a small parent which the plugin cannot touch. */
    long pid();

    /** When it was started; with {@link #pid}, it tells this process from a later one that was given the same id. */
    Instant startTime();

    InputStream stdout();

    InputStream stderr();

    OutputStream stdin();

    /**
     * Completed when the process and everything that it started is gone, as far as {@link SandboxLevel} says that can be known:
     * with the exit code, or 128 and the signal's number if a signal ended it.
     */
    CompletableFuture<Integer> onExit();

    boolean isAlive();

    /**
     * What the sandbox has to do with a status that it ended with: a sentence about those that a shell ends with when it cannot
     * run a program (126, 127), empty for all others.
     */
    Optional<String> explain(int status);

    /** Asks the process and its group to end (SIGTERM). Returns at once; they may ignore it. */
    void terminate();

    /**
     * Ends the process and everything that it started (SIGKILL), and waits until they are gone.
     *
     * @throws IllegalStateException if something is still there after ten seconds, which only a fault of the kernel or a
     *     process that hangs in a device explains
     */
    void kill();

    /** Which layers of the sandbox are in force for this process. */
    SandboxLevel level();

    /** {@link #kill}s what is left, and closes the streams. */
    @Override
    void close();
}
