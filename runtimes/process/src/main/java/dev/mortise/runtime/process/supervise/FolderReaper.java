package dev.mortise.runtime.process.supervise;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small process that outlives a host which is killed, for as long as it takes to remove the host's folder. It waits for the
 * end of a pipe that only the host holds; the kernel closes that however the host ends. It belongs to a session of its own,
 * so that what a terminal sends to the host's group does not reach it.
 */
final class FolderReaper implements AutoCloseable {

    /** Processes of the host's may be busy in the folder until the kernel has ended them, so one try may not do. */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM
            while IFS= read -r nothing; do :; done
            tries=0
            until rm -rf -- "$1" || [ "$tries" -ge 50 ]; do tries=$((tries + 1)); sleep 0.1; done
            """;

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"));

    private final Process process;

    private FolderReaper(Process process) {
        this.process = process;
    }

    /**
     * Begins to wait.
     *
     * @return nothing where the system has no shell
     */
    static Optional<FolderReaper> of(Path folder) throws IOException {
        Optional<Path> shell = program("sh");
        if (shell.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        program("setsid").ifPresent(program -> command.add(program.toString()));
        command.addAll(List.of(shell.get().toString(), "-c", SCRIPT, "mortise-folder-reaper", folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin"));
        return Optional.of(new FolderReaper(builder.start()));
    }

    private static Optional<Path> program(String name) {
        return PROGRAMS.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Lets it end, which removes what is left of the folder. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
