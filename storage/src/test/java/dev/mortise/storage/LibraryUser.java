package dev.mortise.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** A process that prefers unpacked libraries, opens a storage, says {@code open}, and keeps it until its input ends. */
final class LibraryUser {

    private LibraryUser() {}

    public static void main(String[] arguments) throws IOException {
        SqliteLibrary.useUnpacked(Path.of(arguments[0]));
        SqliteLibrary.load();
        try (SqliteStorage storage = SqliteStorage.open(Path.of(arguments[1]), Clock.systemUTC())) {
            System.out.println("open");
            while (System.in.read() >= 0) {
                storage.generations();
            }
        }
    }
}
