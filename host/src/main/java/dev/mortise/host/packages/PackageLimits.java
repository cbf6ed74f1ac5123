package dev.mortise.host.packages;

/**
 * How large a package may be. Everything is counted while it is read; what an archive says about itself is not trusted.
 *
 * @param archiveBytes of the archive as it comes
 * @param unpackedBytes of all files together
 * @param entryBytes of one file
 * @param entries files and folders together, folders that are only named as part of a path included
 * @param ratio how many times larger than the archive its files may be together, once they exceed the grace
 * @param ratioGraceBytes unpacked bytes for which the ratio does not matter
 * @param depth folders and file in one path
 * @param pathBytes of one path within the package, in UTF-8
 */
public record PackageLimits(
        long archiveBytes,
        long unpackedBytes,
        long entryBytes,
        int entries,
        int ratio,
        long ratioGraceBytes,
        int depth,
        int pathBytes) {

    private static final long MEBIBYTE = 1L << 20;

    public static final PackageLimits DEFAULT =
            new PackageLimits(64 * MEBIBYTE, 256 * MEBIBYTE, 128 * MEBIBYTE, 10_000, 100, MEBIBYTE, 64, 1024);

    /** @throws IllegalArgumentException if a limit is not positive; the grace may be 0 */
    public PackageLimits {
        if (archiveBytes < 1
                || unpackedBytes < 1
                || entryBytes < 1
                || entries < 1
                || ratio < 1
                || ratioGraceBytes < 0
                || depth < 1
                || pathBytes < 1) {
            throw new IllegalArgumentException("limits of a package must be positive");
        }
    }

    public PackageLimits withArchiveBytes(long bytes) {
        return new PackageLimits(bytes, unpackedBytes, entryBytes, entries, ratio, ratioGraceBytes, depth, pathBytes);
    }

    public PackageLimits withUnpackedBytes(long bytes) {
        return new PackageLimits(archiveBytes, bytes, entryBytes, entries, ratio, ratioGraceBytes, depth, pathBytes);
    }

    public PackageLimits withEntryBytes(long bytes) {
        return new PackageLimits(archiveBytes, unpackedBytes, bytes, entries, ratio, ratioGraceBytes, depth, pathBytes);
    }

    public PackageLimits withEntries(int count) {
        return new PackageLimits(
                archiveBytes, unpackedBytes, entryBytes, count, ratio, ratioGraceBytes, depth, pathBytes);
    }
}
