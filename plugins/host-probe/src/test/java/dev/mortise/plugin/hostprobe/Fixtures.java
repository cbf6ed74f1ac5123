package dev.mortise.plugin.hostprobe;

import java.nio.file.Path;
import java.util.Optional;

/** The machines below {@code src/test/resources/machines}, each a folder as {@code /} is on a real one. */
final class Fixtures {

    private Fixtures() {}

    static KernelFiles machine(String name) {
        return new KernelFiles(Path.of("src/test/resources/machines", name));
    }

    static String stat(String name) {
        return text(name, "proc/stat");
    }

    static String text(String name, String path) {
        Optional<String> text = machine(name).read(path);
        return text.orElseThrow(() -> new AssertionError("no fixture " + name + "/" + path));
    }
}
