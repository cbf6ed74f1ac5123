package dev.mortise.runtime.process.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out addresses of Unix sockets in one folder. Safe for use by several threads. */
public final class SocketFolder {

    private final Path folder;
    private final String prefix;
    private final AtomicLong numbers = new AtomicLong();

    /** @param prefix tells the sockets of different processes in one folder apart */
    public SocketFolder(Path folder, String prefix) {
        this.folder = folder;
        this.prefix = prefix;
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
}
