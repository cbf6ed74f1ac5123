package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/**
 * SQLite itself, which is native code. The driver has it in its jar for every platform, and unless told otherwise unpacks
 * it into the temporary directory at each start and compares it byte by byte, which takes a tenth of a host's start.
 */
public final class SqliteLibrary {

    /** Read by the driver, once a process. */
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Loads SQLite, its driver and what statements are made with, none of which depends on a database. Optional: the first
     * storage that is opened does the same.
     *
     * @throws dev.mortise.host.spi.StorageException if SQLite cannot be loaded
     */
    public static void load() {
        try (ConnectionPool connections = new ConnectionPool(1, SqliteConnections::inMemory)) {
            int _ = SqliteDatabase.jdbi(connections)
                    .withHandle(
                            handle -> handle.select("SELECT 1").mapTo(int.class).one());
        } catch (SQLException | JdbiException e) {
            throw new StorageException("cannot load SQLite: " + e.getMessage(), e);
        }
    }

    /**
     * Has the driver load what a build has unpacked from the driver's jar. To be called before a storage is opened. Where
     * nothing has been unpacked for this platform, or an administrator has set another place, nothing changes.
     *
     * @param unpacked as trusted as the program: what is found in it runs in this process
     */
    public static void useUnpacked(Path unpacked) {
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            folder(unpacked)
                    .filter(folder -> Files.isRegularFile(folder.resolve(System.mapLibraryName("sqlitejdbc"))))
                    .ifPresent(folder -> System.setProperty(FOLDER_PROPERTY, folder.toString()));
        }
    }

    /** In the layout of the driver's jar. The driver itself would start a process to find out whether this is Android. */
    private static Optional<Path> folder(Path unpacked) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        Optional<String> platform = system.startsWith("linux")
                ? Optional.of("Linux")
                : system.startsWith("mac") ? Optional.of("Mac") : Optional.empty();
        Optional<String> architecture = switch (processor) {
            case "amd64", "x86_64" -> Optional.of("x86_64");
            case "aarch64", "arm64" -> Optional.of("aarch64");
            default -> Optional.empty();
        };
        return platform.flatMap(name -> architecture.map(
                bits -> unpacked.resolve("org/sqlite/native").resolve(name).resolve(bits)));
    }
}
