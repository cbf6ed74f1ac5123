package dev.mortise.runtime.jvm.loading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of classes and resources. Classes are read at once, because they only work as the set that was compiled
 * together; resources, which may be large, when somebody asks for them.
 */
final class FolderElement implements ClassPathElement {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final String label;
    private final Path root;
    private final @Nullable Manifest manifest;
    private volatile @Nullable Map<String, byte[]> classes;

    private FolderElement(String label, Path root) throws IOException {
        this.label = label;
        this.root = root.toRealPath();
        this.classes = readClasses(this.root);
        byte[] manifestText = readFile(MANIFEST);
        this.manifest = manifestText == null ? null : new Manifest(new ByteArrayInputStream(manifestText));
    }

    /** @throws IOException if a class file cannot be read */
    static FolderElement read(String label, Path root) throws IOException {
        return new FolderElement(label, root);
    }

    private static Map<String, byte[]> readClasses(Path root) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : (Iterable<Path>) tree::iterator) {
                if (file.toString().endsWith(".class") && Files.isRegularFile(file)) {
                    classes.put(nameOf(root, file), Files.readAllBytes(file));
                }
            }
        }
        return Map.copyOf(classes);
    }

    private static String nameOf(Path root, Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** The file of that name; null if there is none, or it lies outside of the folder. */
    private @Nullable Path file(String name) {
        try {
            Path file = root.resolve(name).normalize();
            return file.startsWith(root)
                            && Files.isRegularFile(file)
                            && file.toRealPath().startsWith(root)
                    ? file
                    : null;
        } catch (InvalidPathException | IOException e) {
            // A name that no file can have, or a file that went away at this moment: not there.
            return null;
        }
    }

    private byte @Nullable [] readFile(String name) throws IOException {
        Path file = file(name);
        return file == null ? null : Files.readAllBytes(file);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Path origin() {
        return root;
    }

    @Override
    public Set<String> names() {
        Map<String, byte[]> current = classes;
        return current == null ? Set.of() : current.keySet();
    }

    @Override
    public boolean has(String name) {
        Map<String, byte[]> current = classes;
        return current != null && (current.containsKey(name) || (!name.endsWith(".class") && file(name) != null));
    }

    @Override
    public byte @Nullable [] read(String name) throws IOException {
        Map<String, byte[]> current = classes;
        if (current == null) {
            return null;
        }
        byte[] content = current.get(name);
        if (content != null) {
            return content.clone();
        }
        return name.endsWith(".class") ? null : readFile(name);
    }

    @Override
    public @Nullable Manifest manifest() {
        return manifest;
    }

    @Override
    public void addTo(MessageDigest digest) {
        Map<String, byte[]> current = classes;
        if (current != null) {
            new TreeMap<>(current).forEach((name, content) -> {
                digest.update((name + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
        }
    }

    @Override
    public void close() {
        classes = null;
    }
}
