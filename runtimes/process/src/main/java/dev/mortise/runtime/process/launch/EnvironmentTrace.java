package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds processes by what they were started with. On Linux; elsewhere there are none to be found. */
public final class EnvironmentTrace {

    private static final Path PROCESSES = Path.of("/proc");

    private EnvironmentTrace() {}

    /** Every living process of this user that was started with the variable, its value beginning so. */
    public static List<ProcessHandle> processesWith(String variable, String beginning) {
        return ProcessHandle.allProcesses()
                .filter(process -> isIn(process, "\0" + variable + "=" + beginning))
                .toList();
    }

    /** Every living process of this user that was started with the variable and a value of which this is true. */
    public static List<ProcessHandle> processesWhere(String variable, Predicate<String> isWanted) {
        return ProcessHandle.allProcesses()
                .filter(process -> value(process, variable).filter(isWanted).isPresent())
                .toList();
    }

    private static Optional<String> value(ProcessHandle process, String variable) {
        String beginning = variable + "=";
        return Arrays.stream(variables(process).split("\0"))
                .filter(entry -> entry.startsWith(beginning))
                .map(entry -> entry.substring(beginning.length()))
                .findFirst();
    }

    static boolean isIn(ProcessHandle process, String text) {
        return ("\0" + variables(process)).contains(text);
    }

    /** Each with a closing NUL; nothing if they cannot be read. */
    private static String variables(ProcessHandle process) {
        try {
            byte[] variables = Files.readAllBytes(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("environ"));
            return new String(variables, StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It has gone, or belongs to somebody else, or this is not Linux.
            return "";
        }
    }
}
