package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which file systems are mounted where, as {@code /proc/self/mounts} (fstab(5)) tells it: later lines lie over earlier ones. */
record MountTable(List<Mount> mounts) {

    /** @param options such as {@code noexec} */
    record Mount(Path place, List<String> options) {}

    private static final Path TABLE = Path.of("/proc/self/mounts");
    private static final int PLACE = 1;
    private static final int OPTIONS = 3;

    static MountTable current() throws IOException {
        return of(Files.readAllLines(TABLE));
    }

    static MountTable of(List<String> lines) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.split(" ");
            if (fields.length > OPTIONS) {
                mounts.add(new Mount(Path.of(unescaped(fields[PLACE])), List.of(fields[OPTIONS].split(","))));
            }
        }
        return new MountTable(mounts);
    }

    /** @param file absolute, without links */
    boolean forbidsRunning(Path file) {
        Mount deepest = new Mount(Path.of("/"), List.of());
        for (Mount mount : mounts) {
            if (file.startsWith(mount.place()) && mount.place().startsWith(deepest.place())) {
                deepest = mount;
            }
        }
        return deepest.options().contains("noexec");
    }

    /** Blanks, tabs, line ends and backslashes are written as three octal digits. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
