package dev.mortise.plugin.storesqlite;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.plugin.sqlstore.NewerSchemaException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Says what SQLite's primary result codes (sqlite.org/rescode.html) mean to whoever asked, and what to do. */
final class SqliteFaults {

    private SqliteFaults() {}

    static ServiceException failure(Path file, String what, SQLException failure) {
        String start = "the store in " + file + " cannot " + what + ": ";
        if (failure instanceof NewerSchemaException) {
            return new ServiceException(Kind.UNAVAILABLE, start + failure.getMessage(), failure);
        }
        Fault fault = fault(failure.getErrorCode() & 0xff);
        return new ServiceException(fault.kind, start + fault.words, failure);
    }

    private record Fault(Kind kind, String words) {}

    private static Fault fault(int code) {
        return switch (code) {
            case 5, 6 -> new Fault(Kind.UNAVAILABLE, "another program has it locked; try again");
            case 7 -> new Fault(Kind.UNAVAILABLE, "there is no memory left");
            case 8 -> new Fault(Kind.UNAVAILABLE, "it may not be written; look at the file's permissions");
            case 10 -> new Fault(Kind.UNAVAILABLE, "the disk fails; look at the system's log");
            case 11, 26 -> new Fault(Kind.UNAVAILABLE, "the file is damaged or no database; put back a copy");
            case 13 ->
                new Fault(
                        Kind.UNAVAILABLE,
                        "the disk is full or the file as large as max_size_mb allows; make room or allow more");
            case 14 -> new Fault(Kind.UNAVAILABLE, "the file cannot be opened; look at its folder and permissions");
            case 18 -> new Fault(Kind.INVALID, "it is too large");
            default -> new Fault(Kind.FAILED, "SQLite reports the error " + code);
        };
    }
}
