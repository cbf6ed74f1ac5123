package dev.mortise.host.storage;

import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in plain words what a disk refused, and what to do about it. */
public final class DiskFault {

    private DiskFault() {}

    /**
     * What to throw where a disk threw.
     *
     * @param task what was tried, to follow "cannot", such as {@code store package sha256:…}
     * @param where the file or folder that the person can do something about
     */
    public static StorageException of(String task, Path where, IOException cause) {
        return new StorageException("cannot " + task + ": " + explanation(where, cause), cause);
    }

    private static String explanation(Path where, IOException cause) {
        String reason = reason(cause);
        if (reason.contains("No space left") || reason.contains("quota exceeded")) {
            return "the disk of " + where + " is full; nothing was changed; free some space and try again";
        }
        if (reason.contains("Read-only file system")) {
            return "the disk of " + where + " is read-only; choose a folder that can be written to";
        }
        if (cause instanceof AccessDeniedException) {
            return where + " may not be read and written by this user; change its owner or mode, or choose another";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "the thread was interrupted; nothing was changed";
        }
        if (cause instanceof NoSuchFileException) {
            return where + " does not exist";
        }
        return "the disk of " + where + " reports: " + reason;
    }

    /** Without the paths that a file system's exception puts before its reason. */
    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException fault && fault.getReason() != null) {
            return fault.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
