package dev.mortise.plugin.hostprobe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The small files in which Linux tells about itself, below a root that is {@code /} on a real machine. What cannot be
 * read is absent: which files exist depends on kernel, drivers and container, and a driver may refuse any read.
 */
final class KernelFiles {

    /** More than any of these files has on a machine with thousands of cores. */
    private static final int MOST_BYTES = 1 << 20;

    private final Path root;

    KernelFiles(Path root) {
        this.root = root;
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    Optional<String> read(String path) {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return Optional.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // No such file, no permission, or a sensor that is asleep: in each case there is no value.
            return Optional.empty();
        }
    }

    /** The content of a file that holds a single word or line. */
    Optional<String> readLine(String path) {
        return read(path).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The names in a folder, in order; none if there is no such folder. */
    List<String> list(String folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
            entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }
}
