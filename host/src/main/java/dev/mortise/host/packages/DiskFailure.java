package dev.mortise.host.packages;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** A failure of the host's own disk, as a problem. */
final class DiskFailure {

    private DiskFailure() {}

    /** @param what that could not be done, such as {@code The package could not be staged in /data/staging} */
    static Problem problem(String what, IOException failure) {
        return Problem.of(
                ProblemCode.STORAGE_FAILED,
                what + ": " + reason(failure)
                        + ". Check that the disk is there, writable and not full; nothing was left behind.");
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileSystemException named && named.getFile() != null) {
            String reason = named.getReason() == null ? named.getClass().getSimpleName() : named.getReason();
            return named.getFile() + ": " + reason;
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
