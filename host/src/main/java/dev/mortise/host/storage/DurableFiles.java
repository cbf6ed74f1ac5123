package dev.mortise.host.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** What a file needs, beside its content, to be there after a loss of power: the name in its folder, on the disk. */
public final class DurableFiles {

    private DurableFiles() {}

    /** Makes the names in a folder durable. */
    public static void force(Path folder) throws IOException {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return; // A folder cannot be opened there; NTFS keeps a journal of names.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Creates the folder and those above it that are missing, each durably. */
    public static void createDirectories(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        Files.createDirectories(folder);
        if (parent != null) {
            force(parent);
        }
    }
}
