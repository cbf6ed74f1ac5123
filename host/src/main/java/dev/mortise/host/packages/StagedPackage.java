package dev.mortise.host.packages;

import dev.mortise.host.PackageSource;
import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.nio.file.Path;

/** A package that has come in, was checked and lies unpacked in the staging folder. Whoever took it closes it. */
public final class StagedPackage implements AutoCloseable {

    private final Path folder;
    private final Path archive;
    private final Digest digest;
    private final PackageRoot root;
    private final PackageSource source;

    StagedPackage(Path folder, Path archive, Digest digest, PackageRoot root, PackageSource source) {
        this.folder = folder;
        this.archive = archive;
        this.digest = digest;
        this.root = root;
        this.source = source;
    }

    /** The archive as it came; of a folder, the zip that {@link PackageWriter} makes of it. */
    public Path archive() {
        return archive;
    }

    /** Of the archive. */
    public Digest digest() {
        return digest;
    }

    /** The unpacked folder that has the manifest in it. */
    public Path root() {
        return root.folder();
    }

    /** {@code manifest.json}, {@code manifest.yaml} or {@code manifest.yml} in the root. */
    public Path manifestFile() {
        return root.manifestFile();
    }

    public PackageSource source() {
        return source;
    }

    /** Deletes the staged files. */
    @Override
    public void close() {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            // The package was used all the same; PackageIntake.sweep deletes what is left.
        }
    }
}
