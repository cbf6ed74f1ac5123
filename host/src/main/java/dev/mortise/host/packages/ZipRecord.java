package dev.mortise.host.packages;

import dev.mortise.host.model.Text;

/**
 * One entry as a zip file's central directory has it. Numbers are unsigned.
 *
 * @param name a folder's ends with a slash
 * @param flags general purpose bits
 * @param compressedBytes in the file
 * @param bytes once unpacked
 * @param unixMode type and permissions as in {@code stat}, or 0 where the archive has none
 * @param dosFolder whether the DOS attributes call it a folder
 * @param offset of the local header in the file
 */
record ZipRecord(
        String name,
        int flags,
        int method,
        long crc,
        long compressedBytes,
        long bytes,
        int unixMode,
        boolean dosFolder,
        long offset) {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    private static final int ENCRYPTED_BITS = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIPTOR_BIT = 1 << 3;

    boolean isFolder() {
        return name.endsWith("/");
    }

    boolean isEncrypted() {
        return (flags & ENCRYPTED_BITS) != 0;
    }

    /** Whether sizes and checksum come after the content rather than before it. */
    boolean hasDescriptor() {
        return (flags & DESCRIPTOR_BIT) != 0;
    }

    boolean isExecutable() {
        return (unixMode & 0100) != 0;
    }

    /** The name, for messages. */
    String shown() {
        return Text.abbreviate(name);
    }
}
