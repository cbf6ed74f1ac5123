package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that belong to the session of a process that has ended. For machines without namespaces; a process that has made a
 * session of its own is not among them.
 */
final class ProcessSession {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_NANOS = 1_000_000;
    private static final long SIGKILL = 9;
    private static final int STATE_FIELD_AFTER_NAME = 0;
    private static final int SESSION_FIELD_AFTER_NAME = 3;

    private ProcessSession() {}

    /** Kills the members until there are none. */
    static void end(Kernel kernel, long session) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Long> members = members(session);
        while (!members.isEmpty() && System.nanoTime() - deadline < 0) {
            members.forEach(pid -> kernel.call(SystemCall.KILL, pid, SIGKILL));
            LockSupport.parkNanos(POLL_NANOS);
            members = members(session);
        }
    }

    private static List<Long> members(long session) {
        List<Long> members = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != session && isMember(process, session)) {
                    members.add(pid);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return members;
        }
        return members;
    }

    private static boolean isMember(Path process, long session) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[SESSION_FIELD_AFTER_NAME]) == session
                    && !fields[STATE_FIELD_AFTER_NAME].equals("Z");
        } catch (IOException e) {
            return false;
        }
    }
}
