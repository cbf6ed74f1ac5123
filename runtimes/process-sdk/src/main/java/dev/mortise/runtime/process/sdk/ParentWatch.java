package dev.mortise.runtime.process.sdk;

import java.util.Optional;

/** Notices that the host has died: a plugin that nobody can shut down any more would live for ever. */
final class ParentWatch {

    private static final long MILLIS_BETWEEN_LOOKS = 500;

    private ParentWatch() {}

    /** @param onDeath is run once, when this process has another parent than it had */
    static Thread start(Runnable onDeath) {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        return Thread.ofPlatform().daemon().name("mortise-plugin-parent-watch").start(() -> {
            try {
                while (parent.isEmpty() || ProcessHandle.current().parent().equals(parent)) {
                    Thread.sleep(MILLIS_BETWEEN_LOOKS);
                }
                onDeath.run();
            } catch (InterruptedException e) {
                // Shut down in the meantime.
            }
        });
    }
}
