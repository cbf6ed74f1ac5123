package dev.mortise.host.packages;

import dev.mortise.host.PackageSource;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The one way by which packages come into a host, wherever they come from: fetched or copied into the staging folder,
 * measured, compared with the digest that was asked for, and only then unpacked. What it hands out is complete and
 * within the limits; what it refuses leaves nothing on the disk. Safe for use by several threads.
 */
public final class PackageIntake {

    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(120);
    private static final String STAGED_PREFIX = "package-";
    private static final String UNPACKING_PREFIX = ".unpacking-";

    private final Path staging;
    private final PackageLimits limits;
    private final PackageDownload download;
    private final Optional<PackageCatalog> catalog;
    private final boolean requireDigest;

    /**
     * @param staging a folder for this host alone; made when it is needed
     * @param catalog the folder that plain names are looked up in
     * @param requireDigest whether archives from a URL or a request need a digest to compare them with
     */
    public PackageIntake(
            Path staging, PackageLimits limits, UrlPolicy urls, Optional<Path> catalog, boolean requireDigest) {
        this(staging, limits, new PackageDownload(urls, limits, DOWNLOAD_TIMEOUT), catalog, requireDigest);
    }

    PackageIntake(
            Path staging,
            PackageLimits limits,
            PackageDownload download,
            Optional<Path> catalog,
            boolean requireDigest) {
        this.staging = staging.toAbsolutePath();
        this.limits = limits;
        this.download = download;
        this.catalog = catalog.map(folder -> new PackageCatalog(folder, limits));
        this.requireDigest = requireDigest;
    }

    /**
     * Takes a package in.
     *
     * @param expected the digest of the archive; of a folder, of the zip that {@link PackageWriter} makes of it
     * @return the package, to be closed by the caller; or a problem, among them {@code UNSAFE_ARCHIVE},
     *     {@code INVALID_PACKAGE}, {@code PACKAGE_TOO_LARGE}, {@code DIGEST_REQUIRED}, {@code DIGEST_MISMATCH},
     *     {@code URL_REFUSED}, {@code DOWNLOAD_FAILED}, {@code NOT_FOUND} and {@code STORAGE_FAILED}
     */
    public Result<StagedPackage> take(PackageSource source, Optional<Digest> expected) {
        if (requireDigest && expected.isEmpty() && comesFromOutside(source)) {
            return Result.refused(Problem.of(
                    ProblemCode.DIGEST_REQUIRED,
                    "This host takes packages from outside only with their digest. Give the SHA-256 of "
                            + source.describe() + "."));
        }
        try {
            Files.createDirectories(staging);
            Path folder = Files.createTempDirectory(staging, STAGED_PREFIX);
            return takeInto(folder, source, expected);
        } catch (IOException e) {
            return Result.refused(DiskFailure.problem("The package could not be staged in " + staging, e));
        }
    }

    /**
     * Unpacks an archive that was taken in before to where its plugin runs from, its root becoming the target. The
     * target appears at once and complete, whenever the process dies; so if it is there already, it is left as it is.
     *
     * @return the target, or a problem: {@code STORAGE_FAILED}, or that of an archive that is not what was taken in
     */
    public Result<Path> unpack(Path archive, Path target) {
        Path place = target.toAbsolutePath();
        try {
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                return Result.ok(place);
            }
            Files.createDirectories(place.getParent());
            Path unfinished = Files.createTempDirectory(place.getParent(), UNPACKING_PREFIX);
            try {
                Path content = Files.createDirectory(unfinished.resolve("content"));
                PackageRoot root = RefusalException.unwrap(new ArchiveReader(limits).unpack(archive, content));
                move(root.folder(), place);
                return Result.ok(place);
            } finally {
                FileTree.delete(unfinished);
            }
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } catch (IOException e) {
            return Result.refused(DiskFailure.problem("The package could not be unpacked to " + place, e));
        }
    }

    /**
     * As {@link #unpack(Path, Path)}, where the archive has lain on a disk since it was taken in.
     *
     * @return also {@code DIGEST_MISMATCH}, if the archive is no longer what it was
     */
    public Result<Path> unpack(Path archive, Digest digest, Path target) {
        try {
            if (!Sha256.of(archive).equals(digest)) {
                return Result.refused(Problem.of(
                        ProblemCode.DIGEST_MISMATCH,
                        "The stored package " + digest + " has been changed on the disk. Install it again."));
            }
        } catch (IOException e) {
            return Result.refused(DiskFailure.problem("The stored package " + digest + " could not be read", e));
        }
        return unpack(archive, target);
    }

    /** The manifest in a folder that {@link #unpack} has made. */
    public Result<Path> manifestFile(Path root) {
        try {
            return Result.ok(PackageRoot.inArchive(root).manifestFile());
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } catch (IOException e) {
            return Result.refused(DiskFailure.problem("The package in " + root + " could not be read", e));
        }
    }

    /** The packages that can be installed by name; empty without a catalog. */
    public Optional<PackageCatalog> catalog() {
        return catalog;
    }

    /**
     * Deletes what a host that was killed left in the staging folder. To be called before the first package is taken.
     *
     * @return how many packages were left
     */
    public int sweep() throws IOException {
        return delete(staging, STAGED_PREFIX);
    }

    /**
     * Deletes what a host that was killed left beside the targets of {@link #unpack}. To be called before the first
     * call of it.
     *
     * @param folder that the targets are in
     * @return how many were left unfinished
     */
    public int sweepUnpacked(Path folder) throws IOException {
        return delete(folder, UNPACKING_PREFIX);
    }

    private Result<StagedPackage> takeInto(Path folder, PackageSource source, Optional<Digest> expected)
            throws IOException {
        boolean complete = false;
        try {
            Path archive = folder.resolve("archive");
            bring(source, archive);
            Digest digest = Sha256.of(archive);
            checkDigest(source, expected, digest);
            Path content = Files.createDirectory(folder.resolve("content"));
            PackageRoot root = RefusalException.unwrap(new ArchiveReader(limits).unpack(archive, content));
            complete = true;
            return Result.ok(new StagedPackage(folder, archive, digest, root, source));
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } finally {
            if (!complete) {
                FileTree.delete(folder);
            }
        }
    }

    /** Puts the archive there, whatever the source. */
    private void bring(PackageSource source, Path archive) throws IOException {
        switch (source) {
            case PackageSource.Url(URI url) -> RefusalException.unwrap(download.fetch(url, archive));
            case PackageSource.Archive(byte[] content) ->
                ArchiveFile.write(new ByteArrayInputStream(content), archive, limits);
            case PackageSource.File(Path path) -> bringFile(path, archive);
            case PackageSource.Catalog(String name) -> bringFile(findInCatalog(name), archive);
        }
    }

    private void bringFile(Path path, Path archive) throws IOException {
        if (Files.isDirectory(path)) {
            RefusalException.unwrap(new PackageWriter(limits).write(path, archive));
        } else if (Files.isRegularFile(path)) {
            try (InputStream content = Files.newInputStream(path)) {
                ArchiveFile.write(content, archive, limits);
            }
        } else if (Files.exists(path)) {
            throw RefusalException.invalid(path + " is neither an archive nor a folder.");
        } else {
            throw RefusalException.of(ProblemCode.NOT_FOUND, "There is no archive or folder " + path + ".");
        }
    }

    private Path findInCatalog(String name) throws IOException {
        PackageCatalog present = catalog.orElseThrow(() -> RefusalException.of(
                ProblemCode.NOT_FOUND, "This host has no catalog to take packages from by name. Start it with one."));
        return RefusalException.unwrap(present.find(name)).path();
    }

    private static boolean comesFromOutside(PackageSource source) {
        return switch (source) {
            case PackageSource.Url _, PackageSource.Archive _ -> true;
            case PackageSource.File _, PackageSource.Catalog _ -> false;
        };
    }

    private static void checkDigest(PackageSource source, Optional<Digest> expected, Digest actual)
            throws RefusalException {
        if (expected.isPresent() && !expected.get().equals(actual)) {
            throw new RefusalException(Problem.of(
                            ProblemCode.DIGEST_MISMATCH,
                            "The package from " + source.describe() + " is not the one that was asked for: its digest"
                                    + " is " + actual + ", expected was " + expected.get() + ".")
                    .with("expected", expected.get().toString())
                    .with("actual", actual.toString()));
        }
    }

    private static void move(Path folder, Path target) throws IOException {
        try {
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // Somebody else unpacked the same at the same time, and was faster.
        }
    }

    private static int delete(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int deleted = 0;
        for (Path child : FileTree.children(folder)) {
            if (child.getFileName().toString().startsWith(prefix)) {
                FileTree.delete(child);
                deleted++;
            }
        }
        return deleted;
    }
}
