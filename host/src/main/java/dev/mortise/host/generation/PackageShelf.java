package dev.mortise.host.generation;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.packages.PackageIntake;
import dev.mortise.host.packages.StagedPackage;
import dev.mortise.host.spi.HostStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Packages ready to be run: unpacked once, by digest, out of the store of artifacts. What is unpacked can always be
 * made again, so it is written without ceremony; the store is what lasts.
 */
final class PackageShelf {

    private static final System.Logger LOG = System.getLogger(PackageShelf.class.getName());

    private final Path folder;
    private final HostStorage.Artifacts artifacts;
    private final UnpackedTrees trees;
    private final PackageIntake intake;
    private final ManifestReader reader;
    private final Map<Digest, Manifest> manifests = new ConcurrentHashMap<>();

    PackageShelf(
            Path folder,
            HostStorage.Artifacts artifacts,
            UnpackedTrees trees,
            PackageIntake intake,
            ManifestReader reader) {
        this.folder = folder;
        this.artifacts = artifacts;
        this.trees = trees;
        this.intake = intake;
        this.reader = reader;
    }

    /**
     * The unpacked package of a digest that has been stored: as it was unpacked, whatever has happened to the folder since.
     */
    Result<Path> root(PluginEntry entry) {
        Path root = folder.resolve(entry.digest().hex());
        try {
            if (Files.isDirectory(root)) {
                UnpackedTrees.State state = trees.compare(entry.digest(), root);
                if (state == UnpackedTrees.State.UNTOUCHED) {
                    return Result.ok(root);
                }
                if (state == UnpackedTrees.State.CHANGED) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "the unpacked package of " + entry.id() + " " + entry.version() + " in " + root
                                    + " was changed by somebody; it is unpacked again from what was installed");
                }
                Trees.delete(root);
            }
            return unpacked(entry, root);
        } catch (IOException e) {
            return Result.refused(Problem.of(
                    ProblemCode.STORAGE_FAILED,
                    entry.id(),
                    "the unpacked package of " + entry.id() + " in " + root + " cannot be read or replaced: "
                            + e.getMessage()));
        }
    }

    private Result<Path> unpacked(PluginEntry entry, Path root) throws IOException {
        Optional<Path> archive = artifacts.find(entry.digest());
        if (archive.isEmpty()) {
            return Result.refused(Problem.of(
                    ProblemCode.STORAGE_FAILED,
                    entry.id(),
                    "the package " + entry.digest() + " of " + entry.id() + " " + entry.version()
                            + " is not in the store any more; install it again"));
        }
        Result<Path> result = intake.unpack(archive.get(), entry.digest(), root);
        if (result instanceof Result.Ok<Path>) {
            trees.remember(entry.digest(), root);
        }
        return result;
    }

    /** The manifest in a file of a package. */
    Result<Manifest> read(Path manifestFile) {
        try {
            return reader.read(manifestFile);
        } catch (IOException e) {
            return Result.refused(Problem.of(
                    ProblemCode.STORAGE_FAILED, "the manifest cannot be read from the disk: " + e.getMessage()));
        }
    }

    /** The manifest of a stored package, or of one that is staged. */
    Result<Manifest> manifest(PluginEntry entry, Map<Digest, StagedPackage> staged) {
        Manifest known = manifests.get(entry.digest());
        if (known != null) {
            return Result.ok(known);
        }
        StagedPackage fresh = staged.get(entry.digest());
        if (fresh != null) {
            return read(fresh.manifestFile());
        }
        return root(entry)
                .then(root -> intake.manifestFile(root).then(this::read))
                .map(manifest -> {
                    manifests.put(entry.digest(), manifest);
                    return manifest;
                });
    }

    /** Removes the unpacked packages of all other digests. */
    void retain(Set<Digest> digests) {
        manifests.keySet().retainAll(digests);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (digests.stream()
                        .noneMatch(digest -> entry.getFileName().toString().equals(digest.hex()))) {
                    Trees.delete(entry);
                }
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "cannot tidy " + folder + "; it is tried again with the next change",
                    e);
        }
    }
}
