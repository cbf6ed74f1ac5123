package dev.mortise.host.packages;

/** How many bytes the files of one package may still have. */
final class UnpackBudget {

    private final PackageLimits limits;
    private final long ratioBytes;
    private long spent;

    private UnpackBudget(PackageLimits limits, long ratioBytes) {
        this.limits = limits;
        this.ratioBytes = ratioBytes;
    }

    static UnpackBudget forFolder(PackageLimits limits) {
        return new UnpackBudget(limits, Long.MAX_VALUE);
    }

    /** @param archiveBytes the real length of the archive, against which the compression ratio is measured */
    static UnpackBudget forArchive(PackageLimits limits, long archiveBytes) {
        long scaled = archiveBytes > Long.MAX_VALUE / limits.ratio() ? Long.MAX_VALUE : archiveBytes * limits.ratio();
        return new UnpackBudget(limits, Math.max(scaled, limits.ratioGraceBytes()));
    }

    /**
     * @param entryBytes of the entry so far, these included
     * @param bytes just read
     */
    void spend(EntryName entry, long entryBytes, int bytes) throws RefusalException {
        spent += bytes;
        if (entryBytes > limits.entryBytes()) {
            throw RefusalException.tooLarge("The package's entry '" + entry.shown() + "' has more than "
                    + limits.entryBytes() + " bytes, which is as large as this host takes one file.");
        }
        if (spent > limits.unpackedBytes()) {
            throw RefusalException.tooLarge("The package's files have more than " + limits.unpackedBytes()
                    + " bytes together, which is as much as this host takes.");
        }
        if (spent > ratioBytes) {
            throw RefusalException.unsafe("The archive unpacks to more than " + limits.ratio()
                    + " times its own size, as archives do that are made to fill disks. Store large uniform files"
                    + " some other way.");
        }
    }
}
