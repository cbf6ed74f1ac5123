package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file system that holds a path, at one moment. */
public record Disk(
        @Param(description = "The path as it was configured")
        String path,

        @Param(value = "file_system", description = "Its type, such as ext4")
        Optional<String> fileSystem,

        @Param(value = "total_bytes") Optional<Long> totalBytes,
        @Param(value = "used_bytes") Optional<Long> usedBytes,

        @Param(value = "available_bytes", description = "What programs without special rights can still write")
        Optional<Long> availableBytes,

        @Param(description = "Share in use of what such programs can use at all, as df shows it")
        Optional<Double> percent,

        @Param(description = "Why there are no figures") Optional<String> problem) {

    static Disk read(String path) {
        try {
            FileStore store = Files.getFileStore(Path.of(path));
            return of(path, store.type(), store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace());
        } catch (NoSuchFileException e) {
            return unreadable(path, "no such path");
        } catch (InvalidPathException e) {
            return unreadable(path, "not a path");
        } catch (IOException e) {
            return unreadable(path, "not readable");
        }
    }

    static Disk of(String path, String type, long total, long free, long available) {
        long used = Math.max(0, total - free);
        return new Disk(
                path,
                Optional.of(type),
                Optional.of(total),
                Optional.of(used),
                Optional.of(available),
                Numerals.percent(used, (double) used + available),
                Optional.empty());
    }

    private static Disk unreadable(String path, String problem) {
        return new Disk(
                path,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(problem));
    }
}
