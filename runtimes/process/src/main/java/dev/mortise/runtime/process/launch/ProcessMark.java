package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A mark that a process passes on, in its environment, to whatever it starts. On Linux it finds the processes of a group
 * after their parents have gone; elsewhere it finds nothing.
 */
public record ProcessMark(String value) {

    private static final String VARIABLE = "MORTISE_PROCESS_MARK";

    private static final Path PROCESSES = Path.of("/proc");

    public static ProcessMark create() {
        return new ProcessMark(UUID.randomUUID().toString());
    }

    /** The mark in an environment. */
    public static Optional<ProcessMark> in(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).map(ProcessMark::new);
    }

    /** What carries the mark in an environment. */
    public Map<String, String> variables() {
        return Map.of(VARIABLE, value);
    }

    /** Every living process that carries the mark. */
    public List<ProcessHandle> bearers() {
        List<ProcessHandle> bearers = new ArrayList<>();
        ProcessHandle.allProcesses().filter(this::isCarriedBy).forEach(bearers::add);
        return bearers;
    }

    /** Whether the process was started with this mark; false where that cannot be told. */
    public boolean isCarriedBy(ProcessHandle process) {
        return environment(process.pid())
                .filter(text -> text.contains("\0" + VARIABLE + "=" + value + "\0"))
                .isPresent();
    }

    private static Optional<String> environment(long pid) {
        try {
            byte[] variables =
                    Files.readAllBytes(PROCESSES.resolve(Long.toString(pid)).resolve("environ"));
            return Optional.of("\0" + new String(variables, StandardCharsets.ISO_8859_1) + "\0");
        } catch (IOException e) {
            // It has gone, or belongs to somebody else, or this is not Linux.
            return Optional.empty();
        }
    }
}
