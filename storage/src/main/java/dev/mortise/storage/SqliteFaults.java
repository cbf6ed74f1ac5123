package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in plain words what SQLite reports about a database file, and what to do about it. */
final class SqliteFaults {

    /** SQLite's extended codes hold the primary one in their lowest byte. */
    private static final int PRIMARY = 0xff;

    private final Path file;

    SqliteFaults(Path file) {
        this.file = file;
    }

    /** @param task what was tried, to follow "cannot" */
    StorageException of(String task, Exception cause) {
        @Nullable SQLException fault = sqlCause(cause);
        if (fault == null) {
            return new StorageException(
                    "cannot " + task + " in " + file + ": " + cause.getClass().getSimpleName());
        }
        // Jdbi's exceptions show the arguments of statements, which may be secret; SQLite's own do not.
        return new StorageException("cannot " + task + ": " + explanation(fault), fault);
    }

    StorageException damaged(String task, String finding) {
        return new StorageException("cannot " + task + ": " + damage(finding));
    }

    private String explanation(SQLException fault) {
        SQLiteErrorCode code =
                fault instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY)) {
            case SQLITE_FULL -> "the disk of " + file + " is full; nothing was changed; free some space and try again";
            case SQLITE_READONLY, SQLITE_PERM ->
                file + " may not be written to; nothing was changed; check its owner, its mode and its disk";
            case SQLITE_CANTOPEN ->
                file + " or the log beside it cannot be opened; check the owner and the mode of the folder";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> damage(code.message);
            case SQLITE_IOERR ->
                "the disk of " + file + " does not work or is full (" + code + "); nothing was changed";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "another program keeps " + file + " locked; nothing was changed; try again when it is done";
            default -> "SQLite reports about " + file + ": " + message(fault);
        };
    }

    private String damage(String finding) {
        return file + " is damaged or no database (" + finding
                + "). Stop the host and make a copy of the folder; then put"
                + " back a backup of the file, or save what can be read with: sqlite3 " + file.getFileName()
                + " .recover. To begin with nothing, move the file away together with its -wal and -shm";
    }

    private static String message(SQLException fault) {
        Throwable root = fault;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static @Nullable SQLException sqlCause(Exception cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SQLException fault) {
                return fault;
            }
        }
        return null;
    }
}
