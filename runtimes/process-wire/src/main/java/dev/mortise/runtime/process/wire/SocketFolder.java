package dev.mortise.runtime.process.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out addresses of Unix sockets in one folder. Safe for use by several threads. */
public final class SocketFolder {

    private final Path folder;
    private final String prefix;
    private final boolean shared;
    private final AtomicLong numbers = new AtomicLong();

    /** @param prefix tells the sockets of different processes in one folder apart */
    public SocketFolder(Path folder, String prefix) {
        this(folder, prefix, false);
    }

    private SocketFolder(Path folder, String prefix, boolean shared) {
        this.folder = folder;
        this.prefix = prefix;
        this.shared = shared;
    }

    /**
     * A folder that keeps others out by itself, and whose sockets are open to whoever may pass through it, such as a plugin
     * with a user id of its own. Nobody else than this process's user may be able to change what is in it.
     */
    public static SocketFolder shared(Path folder, String prefix) {
        return new SocketFolder(folder, prefix, true);
    }

    /** @throws IOException if the path is too long for a socket, or something that cannot be removed is in its place */
    public PluginAddress.Unix next() throws IOException {
        Path path = folder.resolve(prefix + numbers.incrementAndGet());
        if (!PluginAddress.Unix.fits(path)) {
            throw new IOException("the path " + path + " is longer than the " + PluginAddress.Unix.LONGEST
                    + " bytes that a Unix socket's may have; use a shorter folder for temporary files");
        }
        Files.deleteIfExists(path);
        return new PluginAddress.Unix(path);
    }

    /** To be called when something listens at an address that {@link #next} gave. */
    void opened(PluginAddress.Unix address) throws IOException {
        if (shared) {
            Files.setPosixFilePermissions(address.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
    }
}
