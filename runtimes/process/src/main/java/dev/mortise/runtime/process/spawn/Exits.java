package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a process, seen from whoever waits for it. */
final class Exits {

    private static final long PATIENCE_SECONDS = 10;

    private Exits() {}

    /** Waits, also through interrupts. @throws IllegalStateException if it does not come */
    static void await(CompletableFuture<Integer> exit, PluginId plugin, long pid) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    exit.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    throw new IllegalStateException(
                            "process " + pid + " of plugin " + plugin + " is still there " + PATIENCE_SECONDS
                                    + " seconds after it was killed",
                            e);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("process " + pid + " of plugin " + plugin + " was lost", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The other end is dead; there is nobody whom the rest could have reached.
        }
    }
}
