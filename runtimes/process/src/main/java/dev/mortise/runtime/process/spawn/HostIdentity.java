package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's process, told apart from any later one with the same id.
 *
 * @param startTicks when it was started, in the kernel's own unit
 */
record HostIdentity(long pid, long startTicks) {

    private static final int START_TICKS_FIELD_AFTER_NAME = 19;

    static HostIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new HostIdentity(pid, startTicks(pid));
    }

    /** {@code pid-startTicks}. */
    String text() {
        return pid + "-" + startTicks;
    }

    /** Whether the host whose {@link #text} a name begins with is running. */
    static boolean isAlive(String name) {
        String[] parts = name.split("-");
        try {
            return startTicks(Long.parseLong(parts[0])) == Long.parseLong(parts[1]);
        } catch (IOException e) {
            return false;
        } catch (RuntimeException e) {
            // Not a name of ours: leave it alone.
            return true;
        }
    }

    private static long startTicks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The program's name, in parentheses, may contain anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[START_TICKS_FIELD_AFTER_NAME]);
    }
}
