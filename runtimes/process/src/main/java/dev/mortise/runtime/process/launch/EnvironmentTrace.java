package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    static boolean isIn(ProcessHandle process, String text) {
        try {
            byte[] variables = Files.readAllBytes(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("environ"));
            return ("\0" + new String(variables, StandardCharsets.UTF_8)).contains(text);
        } catch (IOException e) {
            // It has gone, or belongs to somebody else, or this is not Linux.
            return false;
        }
    }
}
