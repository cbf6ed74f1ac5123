package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kinds of archive that hold packages. What counts is the first bytes, never the name. */
enum ArchiveFormat {
    /** Also every jar. */
    ZIP,
    TAR_GZIP;

    static ArchiveFormat of(Path archive) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(archive)) {
            start = in.readNBytes(4);
        }
        if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
            return ZIP;
        }
        if (start.length == 4 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B && start[2] == 8) {
            return TAR_GZIP;
        }
        throw RefusalException.invalid(
                "The package is neither a zip or jar nor a tar.gz, judging by its first bytes. Pack it as one of these.");
    }
}
