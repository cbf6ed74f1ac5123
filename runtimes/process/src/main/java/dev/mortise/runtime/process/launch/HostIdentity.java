package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The host's process, told apart from any later one with the same id, whatever is done to the clock meanwhile.
 *
 * @param started when, in ticks since the machine was; where there is no {@code /proc}, in milliseconds since the epoch
 * @param namespace in which the pid counts, such as a container's; 0 where there are none
 */
public record HostIdentity(long pid, long started, long namespace) {

    /** What can be said of a host by its name alone. */
    public enum Liveness {
        ALIVE,
        DEAD,
        /** Its pid counts somewhere else, or cannot be looked up now; or it is no host's name. */
        UNKNOWN
    }

    private static final Path PROCESSES = Path.of("/proc");
    private static final Path NAMESPACE = PROCESSES.resolve("self/ns/pid");
    private static final int RADIX = Character.MAX_RADIX;
    private static final int STATE_FIELD_AFTER_NAME = 0;
    private static final int START_TICKS_FIELD_AFTER_NAME = 19;

    public static HostIdentity current() throws IOException {
        long pid = ProcessHandle.current().pid();
        return new HostIdentity(pid, started(pid), currentNamespace());
    }

    /** {@code pid-started-namespace}. */
    public String text() {
        return pid + "-" + started + "-" + Long.toString(namespace, RADIX);
    }

    /** Of the host whose {@link #text} a name begins with. */
    public static Liveness liveness(String name) {
        String[] parts = name.split("-");
        try {
            long pid = Long.parseLong(parts[0]);
            long started = Long.parseLong(parts[1]);
            if (Long.parseLong(parts[2], RADIX) != currentNamespace()) {
                return Liveness.UNKNOWN;
            }
            return started(pid) == started ? Liveness.ALIVE : Liveness.DEAD;
        } catch (NoSuchFileException e) {
            return Liveness.DEAD;
        } catch (IOException | RuntimeException e) {
            return Liveness.UNKNOWN;
        }
    }

    private static long currentNamespace() throws IOException {
        if (!Files.exists(NAMESPACE)) {
            return 0;
        }
        // Such as pid:[4026531836].
        String link = Files.readSymbolicLink(NAMESPACE).toString();
        return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
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
        // The program's name, in parentheses, may contain anything, and be text in no encoding.
        String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        if (fields[STATE_FIELD_AFTER_NAME].equals("Z")) {
            throw new NoSuchFileException(process.toString(), null, "it has ended, and nobody has asked how");
        }
        return Long.parseLong(fields[START_TICKS_FIELD_AFTER_NAME]);
    }
}
