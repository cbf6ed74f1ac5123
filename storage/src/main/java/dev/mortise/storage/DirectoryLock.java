package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.DiskFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a data directory, which one storage has at a time. The operating system takes it back from a process
 * that dies, so there is nothing to clean up after one. The file holds the process id of the holder, for people.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "mortise.lock";

    /** Far behind the process id, which others can then read even where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * The directories locked by this process. POSIX gives a lock to the process, not to the channel: closing any channel of
     * the file, as a second attempt in this process would, releases the lock. So a second attempt must not even open it,
     * and who holds a lock is a fact about the process, which only a static field can tell.
     */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory exists
     * @throws StorageException naming the process that has it, if there is one
     */
    static DirectoryLock acquire(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (!HELD_BY_THIS_PROCESS.add(real)) {
                throw inUse(directory, ProcessHandle.current().pid() + " (this one)");
            }
            DirectoryLock lock = null;
            try {
                lock = lock(directory, real);
                return lock;
            } finally {
                if (lock == null) {
                    HELD_BY_THIS_PROCESS.remove(real);
                }
            }
        } catch (IOException e) {
            throw DiskFault.of("lock the data directory", directory, e);
        }
    }

    private static DirectoryLock lock(Path directory, Path real) throws IOException {
        FileChannel channel = FileChannel.open(
                real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw inUse(directory, read(channel));
            }
            write(channel, Long.toString(ProcessHandle.current().pid()));
            locked = true;
            return new DirectoryLock(real, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // Somebody else in this process may have the directory by now.
        }
        try (channel) {
            write(channel, "");
        } catch (IOException e) {
            // The lock goes with the channel; what remains is an old process id in a file that nobody locks.
        } finally {
            HELD_BY_THIS_PROCESS.remove(directory);
        }
    }

    private static StorageException inUse(Path directory, String process) {
        return new StorageException("the data directory " + directory + " is in use by another host, process " + process
                + ", which holds its " + FILE + "; stop that one or choose another directory");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String pid = StandardCharsets.US_ASCII.decode(content.flip()).toString().strip();
        return pid.matches("\\d+") ? pid : "(unknown)";
    }

    private static void write(FileChannel channel, String pid) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(pid), 0);
    }
}
