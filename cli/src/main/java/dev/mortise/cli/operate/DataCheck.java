package dev.mortise.cli.operate;

import dev.mortise.cli.client.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the data directory. */
final class DataCheck {

    private static final long MEBIBYTE = 1L << 20;
    private static final long SCARCE = 1024 * MEBIBYTE;
    private static final long TOO_LITTLE = 100 * MEBIBYTE;
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private DataCheck() {}

    static List<Finding> of(DataDirectory data) {
        return List.of(directory(data.path()), permissions(data), space(data.path()));
    }

    private static Finding directory(Path path) {
        @Nullable Path existing = existing(path);
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.fail(
                    "data directory",
                    path + " cannot be written to",
                    "make it writable for this user, or choose another with --data DIR or MORTISE_DATA");
        }
        return Finding.ok(
                "data directory",
                existing.equals(path) ? path.toString() : path + ", made by the first `mortise serve`");
    }

    private static Finding permissions(DataDirectory data) {
        for (Path path : List.of(data.path(), data.tokenFile())) {
            try {
                Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
                permissions.addAll(Files.getPosixFilePermissions(path));
                permissions.retainAll(FOR_OTHERS);
                if (!permissions.isEmpty()) {
                    return Finding.warn("privacy", path + " is open to other users", "chmod go= " + path);
                }
            } catch (IOException | UnsupportedOperationException e) {
                // Not there yet, or a disk without permissions: nothing to find.
            }
        }
        return Finding.ok("privacy", "only this user can read what the host keeps");
    }

    private static Finding space(Path path) {
        try {
            @Nullable Path existing = existing(path);
            if (existing == null) {
                return Finding.fail("disk space", "there is no disk for " + path, "choose another data directory");
            }
            long free = Files.getFileStore(existing).getUsableSpace();
            String found = free / MEBIBYTE + " MiB free";
            if (free < TOO_LITTLE) {
                return Finding.fail("disk space", found, "free some, or choose a data directory on another disk");
            }
            return free < SCARCE
                    ? Finding.warn("disk space", found, "packages and the database need some")
                    : Finding.ok("disk space", found);
        } catch (IOException e) {
            return Finding.warn("disk space", "cannot be told: " + e.getMessage(), "");
        }
    }

    /** The folder itself, or the nearest one above that exists. */
    @Nullable
    private static Path existing(Path path) {
        @Nullable Path candidate = path.toAbsolutePath();
        while (candidate != null && !Files.exists(candidate)) {
            candidate = candidate.getParent();
        }
        return candidate;
    }
}
