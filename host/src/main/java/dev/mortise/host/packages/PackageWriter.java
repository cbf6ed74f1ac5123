package dev.mortise.host.packages;

import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Packs a folder as a zip that depends on nothing but the names, contents and executable bits in it: the same folder
 * gives the same bytes, and so the same digest, whenever and wherever it is packed (deflate being the same, which it is
 * for one JDK). Files that no plugin needs are left out: version control, editors' files, Python caches, the build
 * output folder {@code target} and the archive that is being written.
 */
public final class PackageWriter {

    /** Zip cannot say an earlier year; the second month keeps every time zone in it. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100644;
    private static final int EXECUTABLE_MODE = 0100755;

    private final PackageLimits limits;

    /** @param limits of the hosts that are to take the package */
    public PackageWriter(PackageLimits limits) {
        this.limits = limits;
    }

    /**
     * Writes the archive, replacing an older one at once and only if all went well.
     *
     * @param folder with the manifest in it
     * @return the digest of the archive, or why the folder is no package that a host would take
     * @throws IOException if something cannot be read or written
     */
    public Result<Digest> write(Path folder, Path archive) throws IOException {
        Path target = archive.toAbsolutePath();
        Path unfinished = Files.createTempFile(target.getParent(), ".packing-", ".zip");
        try {
            writeChecked(folder, target, unfinished);
            Digest digest = Sha256.of(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Result.ok(digest);
        } catch (RefusalException e) {
            return Result.refused(e.problem());
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void writeChecked(Path folder, Path target, Path unfinished) throws IOException {
        PackageFolder source = PackageFolder.open(folder, limits);
        List<PackageFolder.Item> items = source.list().stream()
                .filter(item -> !isSame(item.path(), target) && !isSame(item.path(), unfinished))
                .toList();
        if (PackageRoot.onlyManifest(
                        items.stream().map(PackageFolder.Item::name).toList())
                .isEmpty()) {
            throw RefusalException.invalid(
                    "The folder is no package: it must contain manifest.json, manifest.yaml or manifest.yml.");
        }
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(unfinished)) {
            zip.setUseZip64(Zip64Mode.Never);
            source.read(items, new ZipSink(zip));
        }
        // What a host would refuse is better refused here.
        new ArchiveReader(limits).read(unfinished, EntrySink.DISCARD);
    }

    private static boolean isSame(Path item, Path archive) {
        try {
            return Files.isSameFile(item, archive);
        } catch (IOException e) {
            // What is not there cannot be the same.
            return false;
        }
    }

    private record ZipSink(ZipArchiveOutputStream zip) implements EntrySink {

        @Override
        public void folder(EntryName name) throws IOException {
            ZipArchiveEntry entry = entry(name.path() + "/", FOLDER_MODE);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(0);
            entry.setCrc(0);
            zip.putArchiveEntry(entry);
            zip.closeArchiveEntry();
        }

        @Override
        public void file(EntryName name, boolean executable, InputStream content) throws IOException {
            zip.putArchiveEntry(entry(name.path(), executable ? EXECUTABLE_MODE : FILE_MODE));
            content.transferTo(zip);
            zip.closeArchiveEntry();
        }

        private static ZipArchiveEntry entry(String name, int mode) {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setTimeLocal(NO_TIME);
            entry.setUnixMode(mode);
            return entry;
        }
    }
}
