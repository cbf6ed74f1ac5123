package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The control groups of one process and its descendants, one in each hierarchy. */
final class ControlGroup {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 1_000_000;

    private final List<Path> folders;
    private final Optional<Path> killable;

    /**
     * @param folders may still grow while the group is being made
     * @param killable the one that can be killed as a whole
     */
    ControlGroup(List<Path> folders, Optional<Path> killable) {
        this.folders = folders;
        this.killable = killable;
    }

    void add(long pid) throws IOException {
        for (Path folder : folders) {
            Files.writeString(folder.resolve("cgroup.procs"), Long.toString(pid));
        }
    }

    /** Kills every process in it. Without effect where groups cannot be killed. */
    void kill() {
        killable.map(folder -> folder.resolve("cgroup.kill"))
                .filter(Files::exists)
                .ifPresent(file -> {
                    try {
                        Files.writeString(file, "1");
                    } catch (IOException e) {
                        // The group is gone, and so is everything in it.
                    }
                });
    }

    /** Removes it once its processes are gone; a group that stays is removed by the next host. */
    void remove() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Path folder : folders) {
            while (!tryToRemove(folder) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static boolean tryToRemove(Path folder) {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
