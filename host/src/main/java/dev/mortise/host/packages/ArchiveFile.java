package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Stores an archive as it comes, but no more of it than is allowed. */
final class ArchiveFile {

    private static final int BUFFER_BYTES = 64 << 10;

    private ArchiveFile() {}

    /** @param file to make; if this fails, the caller deletes what there is of it */
    static void write(InputStream content, Path file, PackageLimits limits) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long total = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                total += count;
                if (total > limits.archiveBytes()) {
                    throw tooLarge(limits);
                }
                out.write(buffer, 0, count);
            }
        }
    }

    static RefusalException tooLarge(PackageLimits limits) {
        return RefusalException.tooLarge("The archive is larger than " + limits.archiveBytes()
                + " bytes, which is as large as this host takes one.");
    }
}
