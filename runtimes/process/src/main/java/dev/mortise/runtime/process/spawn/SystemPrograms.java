package dev.mortise.runtime.process.spawn;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds programs of the system, in the usual places and not in the host's own PATH. */
final class SystemPrograms {

    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/bin"),
            Path.of("/usr/bin"),
            Path.of("/bin"),
            Path.of("/usr/sbin"),
            Path.of("/sbin"),
            Path.of("/run/current-system/sw/bin"));
    private static final long PATIENCE_SECONDS = 10;

    private SystemPrograms() {}

    static Optional<Path> find(String name) {
        return FOLDERS.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * What to put before a command so that it ignores no signal that this process ignores, as one does that was started in
     * the background of a shell. Empty where the system's {@code env} cannot do it.
     */
    static List<String> withDefaultSignals() {
        return find("env")
                .map(env -> List.of(env.toString(), "--default-signal"))
                .filter(command -> succeeds(List.of(
                        command.getFirst(),
                        command.getLast(),
                        find("true").map(Path::toString).orElse("true"))))
                .orElse(List.of());
    }

    /** Runs a program whose output does not matter. @return whether it ended with status 0 */
    static boolean succeeds(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
