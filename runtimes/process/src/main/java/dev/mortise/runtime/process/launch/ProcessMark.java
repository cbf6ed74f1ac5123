package dev.mortise.runtime.process.launch;

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
        return EnvironmentTrace.processesWith(VARIABLE, value + "\0");
    }

    /** Whether the process was started with this mark; false where that cannot be told. */
    public boolean isCarriedBy(ProcessHandle process) {
        return EnvironmentTrace.isIn(process, "\0" + VARIABLE + "=" + value + "\0");
    }
}
