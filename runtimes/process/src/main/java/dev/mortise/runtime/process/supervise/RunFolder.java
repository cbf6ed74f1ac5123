package dev.mortise.runtime.process.supervise;

import dev.mortise.runtime.process.launch.EnvironmentTrace;
import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.launch.HostIdentity.Liveness;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the sockets and temporary files of one host's plugins are: a folder for each launch, in a folder of this host, in
 * one of this user, readable by nobody else. When a host is killed, its folder is removed by a process that waits for that.
 * Should that have been killed too, the next host that starts sweeps the folder away, and on Linux the plugins that still
 * run in it.
 */
public final class RunFolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RunFolder.class.getName());
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Of processes that have been killed, on a machine that is busy. */
    private static final long LONGEST_END_SECONDS = 5;

    private final Path folder;
    private final HostLock lock;
    private final Optional<FolderReaper> reaper;
    private final AtomicLong numbers = new AtomicLong();

    private RunFolder(Path folder, HostLock lock, Optional<FolderReaper> reaper) {
        this.folder = folder;
        this.lock = lock;
        this.reaper = reaper;
    }

    /** In the user's folder for such things, or the one for temporary files. Its paths must be short. */
    public static Path base() {
        String name = "mortise-" + System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9_.-]", "_");
        return Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                .map(Path::of)
                .filter(path -> path.isAbsolute() && Files.isWritable(path))
                .orElse(Path.of(System.getProperty("java.io.tmpdir", "/tmp")))
                .resolve(name);
    }

    /**
     * Sweeps the base folder and makes this host's own in it.
     *
     * @throws IOException if it cannot be made, or belongs to somebody else
     */
    public static RunFolder open(Path base) throws IOException {
        Path parent = Optional.ofNullable(base.toAbsolutePath().getParent())
                .orElseThrow(() -> new IOException(base + " is in no folder"));
        Files.createDirectories(parent);
        // Paths among a plugin's variables are to be real ones: a link may lead nowhere where the plugin runs.
        // The folder itself must be none, also if somebody puts one in its place this moment.
        Path real = parent.toRealPath().resolve(base.getFileName());
        make(real);
        Path own = makeOwn(real);
        checkPrivate(real, own);
        HostLock lock = HostLock.hold(own);
        sweep(real);
        return new RunFolder(own, lock, FolderReaper.of(own));
    }

    private static void make(Path base) throws IOException {
        try {
            Files.createDirectory(base, PRIVATE);
        } catch (FileAlreadyExistsException e) {
            // An earlier host has made it, or one that starts at the same time.
            if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(
                        base + " is not a folder, as it must be for the sockets of plugins; remove it", e);
            }
        }
    }

    /** Several hosts of one process have one identity. */
    private static Path makeOwn(Path base) throws IOException {
        String identity = HostIdentity.current().text();
        for (int number = 1; ; number++) {
            try {
                return Files.createDirectory(base.resolve(identity + "-" + number), PRIVATE);
            } catch (FileAlreadyExistsException e) {
                // The next one, then.
            }
        }
    }

    private static void checkPrivate(Path base, Path own) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(base, LinkOption.NOFOLLOW_LINKS);
        String owner = Files.getOwner(base, LinkOption.NOFOLLOW_LINKS).getName();
        if (!owner.equals(Files.getOwner(own).getName())
                || permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            Files.delete(own);
            throw new IOException(base + " belongs to " + owner + " with mode "
                    + PosixFilePermissions.toString(permissions)
                    + ", so others could put sockets there; remove it, or give it to this user alone");
        }
    }

    private static void sweep(Path base) throws IOException {
        // By what they were started with: their host's folder may be one that this host does not see.
        List<ProcessHandle> orphans =
                EnvironmentTrace.processesWhere(ProtocolVariable.UNIX_SOCKET_DIR, launch -> isOfDeadHost(base, launch));
        List<ProcessHandle> ended = orphans.stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(ProcessHandle::destroyForcibly)
                .toList();
        if (!ended.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "ended " + ended.size() + " plugin processes of a host that had died");
        }
        // What somebody still writes to, or could put links into, is not to be walked through.
        CompletableFuture.allOf(ended.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .join();
        try (Stream<Path> hosts = Files.list(base)) {
            hosts.filter(RunFolder::isDead).toList().forEach(RunFolder::sweepHost);
        }
    }

    private static boolean isOfDeadHost(Path base, String launch) {
        String beginning = base + "/";
        return launch.startsWith(beginning)
                && HostIdentity.liveness(launch.substring(beginning.length()).split("/", 2)[0]) == Liveness.DEAD;
    }

    private static boolean isDead(Path host) {
        return switch (HostIdentity.liveness(host.getFileName().toString())) {
            case ALIVE -> false;
            case DEAD -> true;
            case UNKNOWN -> HostLock.isGivenBack(host);
        };
    }

    private static void sweepHost(Path host) {
        try {
            delete(host);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot sweep " + host + "; it is tried again at the next start", e);
        }
    }

    /** A fresh folder for one launch. */
    public Path next() throws IOException {
        return Files.createDirectory(folder.resolve(Long.toString(numbers.incrementAndGet(), 36)), PRIVATE);
    }

    /** Removes the folder of a launch that has ended. */
    public static void remove(Path launch) {
        try {
            delete(launch);
        } catch (IOException e) {
            // Swept at the next start.
            LOG.log(System.Logger.Level.DEBUG, "cannot remove " + launch, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whatever a plugin has left there: what cannot be removed at once is left to who removes it when the host has died. */
    @Override
    public void close() {
        try (lock) {
            delete(folder);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot remove " + folder + " at once", e);
        }
        reaper.ifPresent(FolderReaper::close);
    }
}
