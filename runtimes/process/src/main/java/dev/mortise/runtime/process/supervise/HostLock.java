package dev.mortise.runtime.process.supervise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What a host holds in its folder for as long as it lives: the kernel gives it back however the host ends, and it shows to
 * whoever shares the folder, whatever namespaces they are in.
 */
final class HostLock implements AutoCloseable {

    private static final String FILE = "lock";

    private final FileChannel file;

    private HostLock(FileChannel file) {
        this.file = file;
    }

    static HostLock hold(Path host) throws IOException {
        FileChannel file =
                FileChannel.open(host.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileLock unused = file.lock();
            return new HostLock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Whether a host has held it and has ended. False where that cannot be told.
     *
     * @param host another process's folder: a process that looks at its own lock this way loses it
     */
    static boolean isGivenBack(Path host) {
        try (FileChannel file =
                FileChannel.open(host.resolve(FILE), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable FileLock lock = file.tryLock();
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
