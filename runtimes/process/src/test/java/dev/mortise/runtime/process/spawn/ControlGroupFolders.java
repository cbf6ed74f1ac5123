package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The control groups of this machine. */
final class ControlGroupFolders {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private ControlGroupFolders() {}

    /** Those that a host has made for its plugins, in every hierarchy. */
    static List<Path> ofHost(long pid) throws IOException {
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(ROOT)) {
            return found;
        }
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.getFileName().toString().startsWith("mortise-" + pid + "-")) {
                    found.add(folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
