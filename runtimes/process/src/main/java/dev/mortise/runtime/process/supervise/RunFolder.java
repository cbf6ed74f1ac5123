package dev.mortise.runtime.process.supervise;

import dev.mortise.runtime.process.launch.EnvironmentTrace;
import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private final Path folder;
    private final Optional<FolderReaper> reaper;
    private final AtomicLong numbers = new AtomicLong();

    private RunFolder(Path folder, Optional<FolderReaper> reaper) {
        this.folder = folder;
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
        Files.createDirectories(base.getParent());
        if (!Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(base, PRIVATE);
        }
        // Paths among a plugin's variables are to be real ones: a link may lead nowhere where the plugin runs.
        Path real = base.toRealPath();
        Path own = Files.createTempDirectory(real, HostIdentity.current().text() + "-", PRIVATE);
        checkPrivate(real, own);
        sweep(real);
        return new RunFolder(own, FolderReaper.of(own));
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
        // Before the folders are looked at: a host that lives has made its folder before its plugins.
        Set<ProcessHandle> orphans = new HashSet<>(pluginsIn(base));
        List<Path> hosts;
        try (Stream<Path> entries = Files.list(base)) {
            hosts = entries.toList();
        }
        List<Path> dead = new ArrayList<>();
        for (Path host : hosts) {
            if (HostIdentity.isAlive(host.getFileName().toString())) {
                pluginsIn(host).forEach(orphans::remove);
            } else {
                dead.add(host);
            }
        }
        orphans.forEach(ProcessHandle::destroyForcibly);
        if (!orphans.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "ended " + orphans.size() + " plugin processes of a host that had died");
        }
        dead.forEach(RunFolder::sweepHost);
    }

    private static List<ProcessHandle> pluginsIn(Path folder) {
        return EnvironmentTrace.processesWith(ProtocolVariable.UNIX_SOCKET_DIR, folder + "/");
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
        try {
            delete(folder);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot remove " + folder + " at once", e);
        }
        reaper.ifPresent(FolderReaper::close);
    }
}
