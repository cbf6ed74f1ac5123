package dev.mortise.host.storage;

import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Packages kept as files named by their digests: {@code sha256/<first two digits>/<all 64>}. A file gets its name only
 * when all of it has been written, has been found to match the digest, and is on the disk, so whatever has such a name is
 * whole. Safe for use by several threads; one process at a time.
 */
public final class ArtifactFolder {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String UNFINISHED = ".tmp";

    private final Path root;

    private ArtifactFolder(Path root) {
        this.root = root;
    }

    /**
     * Opens the folder, creating it where needed, and deletes what an earlier process left unfinished.
     *
     * @throws StorageException if the folder cannot be written to
     */
    public static ArtifactFolder open(Path folder) {
        Path root = folder.toAbsolutePath().resolve("sha256");
        try {
            DurableFiles.createDirectories(root);
            sweepUnfinished(root);
        } catch (IOException e) {
            throw DiskFault.of("open the folder of packages", folder, e);
        }
        return new ArtifactFolder(root);
    }

    /**
     * Takes a copy of the archive and returns when it is durable. Nothing happens if there is one already.
     *
     * @return the size in bytes
     * @throws StorageException if the archive cannot be read, does not match the digest, or cannot be written
     */
    public synchronized long put(Digest digest, Path archive) {
        Path file = file(digest);
        Path folder = root.resolve(digest.hex().substring(0, 2));
        try {
            if (isStored(file)) {
                return Files.size(file);
            }
            DurableFiles.createDirectories(folder);
            Path unfinished = Files.createTempFile(folder, digest.hex(), UNFINISHED);
            try {
                copyMatching(digest, archive, unfinished);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                forceOrTakeBack(folder, file);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return Files.size(file);
        } catch (IOException e) {
            throw DiskFault.of("store package " + digest, root, e);
        }
    }

    /** The file with exactly the content that the digest stands for. */
    public Optional<Path> find(Digest digest) {
        Path file = file(digest);
        return isStored(file) ? Optional.of(file) : Optional.empty();
    }

    /** Every package that is stored, with its size in bytes. */
    public SortedMap<Digest, Long> contents() {
        SortedMap<Digest, Long> found = new TreeMap<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                addContents(folder, found);
            }
        } catch (IOException e) {
            throw DiskFault.of("list the stored packages", root, e);
        }
        return found;
    }

    /** Nothing happens if there is none. */
    public synchronized void delete(Digest digest) {
        try {
            Files.deleteIfExists(file(digest));
        } catch (IOException e) {
            throw DiskFault.of("delete package " + digest, root, e);
        }
    }

    private Path file(Digest digest) {
        return root.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private static boolean isStored(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void copyMatching(Digest digest, Path archive, Path target) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = read(archive);
                FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
            in.transferTo(out);
            Digest actual = new Digest(HexFormat.of().formatHex(sha256.digest()));
            if (!actual.equals(digest)) {
                throw new StorageException(
                        "cannot store package " + digest + ": " + archive + " has the digest " + actual);
            }
            channel.force(true);
        }
    }

    /** Apart from the rest, so that a message names the archive when it is the archive that cannot be read. */
    private static InputStream read(Path archive) {
        try {
            if (Files.isDirectory(archive)) {
                throw new StorageException("cannot store " + archive + ": it is a folder, not an archive");
            }
            return Files.newInputStream(archive);
        } catch (IOException e) {
            throw DiskFault.of("read the package", archive, e);
        }
    }

    /** A name whose folder is not on the disk might vanish with the power, so it must not be seen either. */
    private static void forceOrTakeBack(Path folder, Path file) throws IOException {
        try {
            DurableFiles.force(folder);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void addContents(Path folder, SortedMap<Digest, Long> found) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, folder.getFileName() + "*")) {
            for (Path file : files) {
                if (isStored(file)
                        && NAME.matcher(file.getFileName().toString()).matches()) {
                    found.put(new Digest(file.getFileName().toString()), Files.size(file));
                }
            }
        }
    }

    private static void sweepUnfinished(Path root) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
                    for (Path file : files) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
