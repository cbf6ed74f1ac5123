package dev.mortise.cli.author;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The folder of a project's class files and resources, from which the host takes the plugin. */
final class CompiledClasses {

    private static final int FIRST_CLASS_FILE_VERSION = 44;

    private final Path folder;

    CompiledClasses(Path folder) {
        this.folder = folder;
    }

    /** The release of Java that the class files are for; empty if there are none. */
    OptionalInt release() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            var first = files.filter(CompiledClasses::isClassFile).findFirst();
            if (first.isEmpty()) {
                return OptionalInt.empty();
            }
            try (InputStream content = Files.newInputStream(first.get())) {
                byte[] header = content.readNBytes(8);
                return OptionalInt.of((header[6] << 8 | header[7] & 0xff) - FIRST_CLASS_FILE_VERSION);
            }
        }
    }

    /** Makes the class files those of another folder: new ones and changed ones are moved here, others deleted. */
    void replaceBy(Path compiled) throws IOException {
        for (Path old : classFiles(folder)) {
            if (!Files.exists(compiled.resolve(folder.relativize(old)))) {
                Files.delete(old);
            }
        }
        for (Path file : classFiles(compiled)) {
            Path target = folder.resolve(compiled.relativize(file));
            if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
                Files.createDirectories(target.getParent());
                Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Takes over a resource as it is now: a copy of it, or its absence. */
    void updateResource(Path resources, Path file) throws IOException {
        Path target = folder.resolve(resources.relativize(file));
        if (Files.exists(file)) {
            Files.createDirectories(target.getParent());
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(target);
        }
    }

    static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> classFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(CompiledClasses::isClassFile).toList();
        }
    }

    private static boolean isClassFile(Path file) {
        return file.toString().endsWith(".class");
    }
}
