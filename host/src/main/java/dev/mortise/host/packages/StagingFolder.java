package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Writes a package's entries under one folder that nobody else writes to. It makes files and folders, never links. */
final class StagingFolder implements EntrySink {

    private final Path root;

    StagingFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void folder(EntryName name) throws IOException {
        Files.createDirectory(locate(name));
    }

    @Override
    public void file(EntryName name, boolean executable, InputStream content) throws IOException {
        Path file = locate(name);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(out);
        }
        if (executable) {
            makeExecutable(file);
        }
    }

    private Path locate(EntryName name) throws RefusalException {
        Path path;
        try {
            path = root.resolve(name.path()).normalize();
        } catch (InvalidPathException e) {
            throw RefusalException.unsafe(
                    "The package has an entry '" + name.shown() + "' that this host's file system cannot name.");
        }
        if (!path.startsWith(root) || path.equals(root)) {
            throw RefusalException.unsafe("The package has an entry '" + name.shown() + "' that leads out of it.");
        }
        return path;
    }

    /** Whoever may read the file may run it. File systems without such permissions do without. */
    private static void makeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions =
                EnumSet.copyOf(view.readAttributes().permissions());
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        if (permissions.contains(PosixFilePermission.GROUP_READ)) {
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        view.setPermissions(permissions);
    }
}
