package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The host's process, told apart from any later one with the same id, whatever is done to the clock meanwhile.
 *
 * @param started when, in ticks since the machine was; where there is no {@code /proc}, in milliseconds since the epoch
 */
public record HostIdentity(long pid, long started) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final int STATE_FIELD_AFTER_NAME = 0;
    private static final int START_TICKS_FIELD_AFTER_NAME = 19;

    public static HostIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new HostIdentity(pid, started(pid));
    }

    /** {@code pid-started}. */
    public String text() {
        return pid + "-" + started;
    }

    /** Whether the host whose {@link #text} a name begins with is running; also for a name that begins otherwise. */
    public static boolean isAlive(String name) {
        String[] parts = name.split("-");
        try {
            return started(Long.parseLong(parts[0])) == Long.parseLong(parts[1]);
        } catch (IOException e) {
            return false;
        } catch (RuntimeException e) {
            // Not a name of ours: leave it alone.
            return true;
        }
    }

    private static long started(long pid) throws IOException {
        Path process = PROCESSES.resolve(Long.toString(pid));
        if (!Files.exists(PROCESSES.resolve("self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(Instant::toEpochMilli)
                    .orElseThrow(() -> new NoSuchFileException(process.toString()));
        }
        String stat = Files.readString(process.resolve("stat"));
        // The program's name, in parentheses, may contain anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        if (fields[STATE_FIELD_AFTER_NAME].equals("Z")) {
            throw new NoSuchFileException(process.toString(), null, "it has ended, and nobody has asked how");
        }
        return Long.parseLong(fields[START_TICKS_FIELD_AFTER_NAME]);
    }
}
