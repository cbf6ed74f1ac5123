package dev.mortise.runtime.process.peer;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.runtime.process.ProcessRuntime;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A whole host with plugins in processes, which says when they run, and waits to be killed. */
public final class KilledHost {

    private KilledHost() {}

    /** Arguments: the data directory, then packages. */
    public static void main(String[] arguments) throws Exception {
        Mortise host = Mortise.builder()
                .data(Path.of(arguments[0]))
                .runtime(new ProcessRuntime())
                .start();
        for (int i = 1; i < arguments.length; i++) {
            host.plugins()
                    .apply(Change.install(Path.of(arguments[i])), Actor.EMBEDDER)
                    .orThrow();
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
