package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives each plugin a user id of its own, always the same, and remembers it in a file: {@code id plugin} on each line. An id is
 * never given to another plugin, since files may have been left that belong to it. Any thread may call.
 */
final class UserIds {

    /** Far above the accounts, sub-ids and dynamic users of any distribution. */
    static final int FIRST = 1_836_000_000;

    /** Hosts on one machine begin at different places, so that their plugins seldom meet. */
    private static final int PLACES = 9_000;

    private static final int PLACE = 100;

    private static final int COUNT = 1_000_000;
    private static final Path MAPPED_IDS = Path.of("/proc/self/uid_map");

    private final Path file;
    private final int beginning;
    private final Map<PluginId, Integer> given = new TreeMap<>();

    UserIds(Path stateDirectory) throws IOException {
        file = stateDirectory.resolve("sandbox-users");
        Files.createDirectories(stateDirectory);
        beginning = FIRST
                + PLACE * Math.floorMod(stateDirectory.toRealPath().toString().hashCode(), PLACES);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                read(line);
            }
        }
    }

    /** Whether the host's user namespace has these ids; containers often have but 65536. */
    static boolean exist() {
        try {
            return Files.readAllLines(MAPPED_IDS).stream()
                    .map(line -> line.strip().split(" +"))
                    .anyMatch(range -> Long.parseLong(range[0]) <= FIRST
                            && Long.parseLong(range[0]) + Long.parseLong(range[2]) >= FIRST + (long) COUNT);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    synchronized int of(PluginId plugin) throws IOException {
        Integer known = given.get(plugin);
        if (known != null) {
            return known;
        }
        int next = given.values().stream().max(Integer::compare).orElse(beginning - 1) + 1;
        given.put(plugin, next);
        try {
            write();
        } catch (IOException e) {
            given.remove(plugin);
            throw e;
        }
        return next;
    }

    private void read(String line) throws IOException {
        String[] words = line.split(" ");
        try {
            given.put(new PluginId(words[1]), Integer.parseInt(words[0]));
        } catch (RuntimeException e) {
            throw new IOException(
                    file + " has the line '" + line + "' where a user id and a plugin are expected; correct it", e);
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        given.forEach((plugin, id) -> text.append(id).append(' ').append(plugin).append('\n'));
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
