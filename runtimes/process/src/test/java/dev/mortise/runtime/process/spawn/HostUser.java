package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs the tests. */
final class HostUser {

    private HostUser() {}

    static boolean isRoot() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Uid:"))
                    .anyMatch(line -> line.split("\t")[2].equals("0"));
        } catch (IOException e) {
            return false;
        }
    }
}
