package dev.mortise.runtime.jvm.loading;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.PluginStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a package contributes to its class loader: the jar or folder that {@code entry_point} names, or else the
 * package itself, and every jar in its {@code lib} folder, in the order of their names.
 */
public final class PluginClassPath {

    private static final String CLASS_FILE = ".class";

    private final List<ClassPathElement> elements;
    private final Set<String> classes;

    private PluginClassPath(List<ClassPathElement> elements) {
        this.elements = List.copyOf(elements);
        this.classes = elements.stream()
                .flatMap(element -> element.names().stream())
                .filter(name -> name.endsWith(CLASS_FILE))
                .map(name ->
                        name.substring(0, name.length() - CLASS_FILE.length()).replace('/', '.'))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads a package.
     *
     * @param root the unpacked package
     * @throws PluginStartException if the entry point is not there, or a jar is damaged
     * @throws IOException if the disk fails
     */
    public static PluginClassPath read(Path root, Manifest manifest) throws PluginStartException, IOException {
        List<ClassPathElement> elements = new ArrayList<>();
        Path main = entryPoint(root, manifest);
        elements.add(element(root, main, manifest));
        for (Path jar : libraries(root)) {
            if (!jar.equals(main)) {
                elements.add(element(root, jar, manifest));
            }
        }
        return new PluginClassPath(elements);
    }

    private static Path entryPoint(Path root, Manifest manifest) throws PluginStartException {
        if (manifest.entryPoint().isEmpty()) {
            return root;
        }
        String name = manifest.entryPoint().get();
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root) || !Files.exists(path)) {
            throw new PluginStartException("the package of " + manifest.id() + " has no '" + name
                    + "'; entry_point must name a jar or folder in it, or be left out if the classes are in its root");
        }
        return path;
    }

    private static List<Path> libraries(Path root) throws IOException {
        Path lib = root.resolve("lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static ClassPathElement element(Path root, Path path, Manifest manifest)
            throws PluginStartException, IOException {
        String label =
                root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
        if (Files.isDirectory(path)) {
            return FolderElement.read(label, path);
        }
        byte[] content = Files.readAllBytes(path);
        try {
            return JarElement.of(label, path, content);
        } catch (IOException e) {
            throw new PluginStartException("'" + label + "' in the package of " + manifest.id()
                    + " is not a usable jar: " + e.getMessage() + "; build the package again");
        }
    }

    /** The classes of the plugin's own jar or folder, by their binary names, in order; not those of its libraries. */
    public List<String> ownClasses() {
        return elements.getFirst().names().stream()
                .filter(name -> name.endsWith(CLASS_FILE) && !name.startsWith("META-INF/"))
                .map(name ->
                        name.substring(0, name.length() - CLASS_FILE.length()).replace('/', '.'))
                .filter(name -> !name.equals("module-info"))
                .sorted()
                .toList();
    }

    /** All classes, also those of libraries, by their binary names. */
    public Set<String> classes() {
        return classes;
    }

    /**
     * The content of a class file; null if there is none, or no longer. It is the one that the class is defined from:
     * everything has been read into memory before.
     *
     * @throws IOException if it cannot be decompressed
     */
    public byte @Nullable [] classFile(String name) throws IOException {
        String path = name.replace('.', '/') + CLASS_FILE;
        ClassPathElement element = find(path);
        return element == null ? null : element.read(path);
    }

    /** Adds all that classes are defined from to the digest, in the order in which they are looked for. */
    public void addTo(MessageDigest digest) {
        for (ClassPathElement element : elements) {
            digest.update((element.label() + "\n").getBytes(StandardCharsets.UTF_8));
            element.addTo(digest);
        }
    }

    /** The first element that has the name; null if none has. */
    @Nullable
    ClassPathElement find(String name) {
        for (ClassPathElement element : elements) {
            if (element.has(name)) {
                return element;
            }
        }
        return null;
    }

    List<ClassPathElement> findAll(String name) {
        return elements.stream().filter(element -> element.has(name)).toList();
    }

    @Nullable
    ClassPathElement labelled(String label) {
        for (ClassPathElement element : elements) {
            if (element.label().equals(label)) {
                return element;
            }
        }
        return null;
    }

    public void close() {
        elements.forEach(ClassPathElement::close);
    }
}
