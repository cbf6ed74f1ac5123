package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.io.IOException;

/** One way to make a sandbox. */
sealed interface Confinement extends AutoCloseable permits KernelConfinement, BubblewrapConfinement, NoConfinement {

    /** The level that a process with this policy gets. */
    SandboxLevel level(SandboxPolicy policy);

    /**
     * Starts a process with all the layers of {@link #level}, or not at all.
     *
     * @throws IOException if the machine did not do what it promised
     */
    SandboxedProcess start(SpawnRequest request) throws IOException;

    @Override
    default void close() {}
}
