package dev.mortise.runtime.process.sandbox;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Grants access to one file, or to a directory and everything beneath it. Paths are compared by their components: {@code
 * /data/plugin} says nothing about {@code /data/plugin2}.
 *
 * @param path absolute, without {@code .} and {@code ..}; a symbolic link stands for what it leads to when the plugin starts
 */
public record FileRule(Path path, Set<FileAccess> access) {

    /** @throws IllegalArgumentException if the path is not absolute, or nothing is granted */
    public FileRule {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("'" + path + "' is not an absolute path");
        }
        if (access.isEmpty()) {
            throw new IllegalArgumentException("a rule for '" + path + "' grants nothing");
        }
        path = path.normalize();
        access = Collections.unmodifiableSet(EnumSet.copyOf(access));
    }

    public static FileRule read(Path path) {
        return new FileRule(path, EnumSet.of(FileAccess.READ));
    }

    public static FileRule readAndRun(Path path) {
        return new FileRule(path, EnumSet.of(FileAccess.READ, FileAccess.EXECUTE));
    }

    public static FileRule readAndWrite(Path path) {
        return new FileRule(path, EnumSet.of(FileAccess.READ, FileAccess.WRITE));
    }

    /** Whether this rule already allows all that another allows. */
    public boolean covers(FileRule other) {
        return other.path.startsWith(path) && access.containsAll(other.access);
    }
}
