package dev.mortise.runtime.process.spawn;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a plugin's own folders over to its user id, and tells which of its other files that user could not read. */
final class OwnedFolders {

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private OwnedFolders() {}

    /** Changes the owner of a folder and its contents, and closes the folder to all others. Follows no links. */
    static void giveTo(int user, Path folder) throws IOException {
        if (user == owner(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                changeOwner(file, user);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (directory.equals(folder)) {
                    Files.setPosixFilePermissions(directory, OWNER_ONLY);
                }
                // The folder itself last: if this is cut short, it is done again.
                changeOwner(directory, user);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A program, or the folder that holds it, if others than its owner may not use it. */
    static Optional<Path> closedProgram(int user, Path program) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(program);
        boolean open = user == owner(program)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
                        && permissions.contains(PosixFilePermission.OTHERS_READ);
        return open ? Optional.empty() : Optional.of(program);
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static void changeOwner(Path path, int user) throws IOException {
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
    }
}
