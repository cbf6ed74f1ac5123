package dev.mortise.cli.serve;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.client.DataDirectory;
import dev.mortise.cli.client.RunningHost;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The files by which commands on the same machine find a host and show that they may administer it. */
final class HostFiles {

    private static final String OWNER_ONLY_FOLDER = "rwx------";
    private static final String OWNER_ONLY_FILE = "rw-------";

    private final DataDirectory data;

    private HostFiles(DataDirectory data) {
        this.data = data;
    }

    /** Makes the data directory where needed. An existing one keeps its permissions, which are its owner's affair. */
    static HostFiles prepare(DataDirectory data) {
        try {
            if (!Files.isDirectory(data.path())) {
                Path parent = folderOf(data.path());
                Files.createDirectories(parent);
                Files.createDirectory(data.path(), onPosix(parent, OWNER_ONLY_FOLDER));
            }
        } catch (IOException e) {
            throw CommandFailure.of("cannot make the data directory " + data.path() + ": " + e.getMessage()
                    + "; choose another with --data DIR");
        }
        return new HostFiles(data);
    }

    void writeHost(RunningHost host) throws IOException {
        replace(data.hostFile(), host.toJson() + "\n");
    }

    /** Nobody but the owner can read the file at any moment. */
    void writeToken(String secret) throws IOException {
        replace(data.tokenFile(), secret + "\n");
    }

    void removeHost() {
        try {
            Files.deleteIfExists(data.hostFile());
        } catch (IOException e) {
            // Commands notice by the process id in it that the host is gone.
        }
    }

    private static Path folderOf(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root has no parent");
    }

    private static void replace(Path target, String content) throws IOException {
        Path folder = folderOf(target);
        Path fresh = Files.createTempFile(folder, ".new-", "", onPosix(folder, OWNER_ONLY_FILE));
        try {
            Files.writeString(fresh, content);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] onPosix(Path folder, String permissions) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.supportsFileAttributeView(PosixFileAttributeView.class)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
