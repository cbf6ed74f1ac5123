package dev.mortise.host.packages;

import dev.mortise.host.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one reader of archives from outside: zip (and so jar) and tar.gz, told apart by their first bytes. What it refuses
 * is described in {@link EntryName}, {@link NameIndex}, {@link UnpackBudget}, {@link ZipReader} and
 * {@link TarGzipReader}. Of an entry's mode only the owner's executable bit matters; owners and times do not.
 */
final class ArchiveReader {

    private final PackageLimits limits;

    ArchiveReader(PackageLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks into an empty folder that nobody else writes to. If it does not end well, the folder is empty again.
     *
     * @throws IOException if the host's disk fails
     */
    Result<PackageRoot> unpack(Path archive, Path folder) throws IOException {
        boolean complete = false;
        try {
            read(archive, new StagingFolder(folder));
            PackageRoot root = PackageRoot.inArchive(folder);
            complete = true;
            return Result.ok(root);
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } finally {
            if (!complete) {
                FileTree.empty(folder);
            }
        }
    }

    /** Passes every entry, checked, to the sink. */
    void read(Path archive, EntrySink sink) throws IOException {
        long bytes = Files.size(archive);
        if (bytes > limits.archiveBytes()) {
            throw ArchiveFile.tooLarge(limits);
        }
        EntryGate gate = new EntryGate(limits, UnpackBudget.forArchive(limits, bytes), sink);
        switch (ArchiveFormat.of(archive)) {
            case ZIP -> ZipReader.read(archive, limits, gate);
            case TAR_GZIP -> TarGzipReader.read(archive, gate);
        }
    }
}
