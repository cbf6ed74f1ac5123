package dev.mortise.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which is native code. The driver has it in its jar for every platform, and unless told otherwise unpacks
 * it into the temporary directory at each start and compares it byte by byte, which takes a tenth of a host's start.
 */
public final class SqliteLibrary {

    /** Read by the driver, once a process. */
    private static final String FOLDER_PROPERTY = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Has the driver load what a build has unpacked from the driver's jar. To be called before a storage is opened. Where
     * nothing has been unpacked for this platform, or an administrator has set another place, nothing changes.
     *
     * @param unpacked as trusted as the program: what is found in it runs in this process
     */
    public static void useUnpacked(Path unpacked) {
        // An absolute path in the driver's jar.
        Path folder = unpacked.resolve(LibraryLoaderUtil.getNativeLibResourcePath().substring(1));
        boolean present = Files.isRegularFile(folder.resolve(LibraryLoaderUtil.getNativeLibName()));
        if (present && System.getProperty(FOLDER_PROPERTY) == null) {
            System.setProperty(FOLDER_PROPERTY, folder.toString());
        }
    }
}
