package dev.mortise.testkit;

import dev.mortise.api.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packages that plugin classes belong to. Where the build keeps a package's parts in several places, or
 * among other things, they are gathered in a temporary folder, which goes away when this is closed.
 */
final class PackageFolders implements AutoCloseable {

    private static final List<String> MANIFESTS = List.of("manifest.json", "manifest.yaml");

    private final Map<Class<?>, Path> known = new ConcurrentHashMap<>();
    private final Map<Path, Boolean> temporary = new ConcurrentHashMap<>();

    /** A folder with a manifest, or a jar. */
    Path of(Class<? extends Plugin> plugin) {
        return known.computeIfAbsent(plugin, _ -> find(plugin));
    }

    private Path find(Class<? extends Plugin> plugin) {
        try {
            Path code = codeSource(plugin);
            String javaPackage = plugin.getPackageName().replace('.', '/');
            URL beside = javaPackage.isEmpty() ? null : manifest(plugin, "");
            if (beside != null) {
                Path folder = newFolder();
                Path manifest = pathOf(beside);
                copyTree(code.resolve(javaPackage), folder.resolve(javaPackage));
                Files.copy(manifest, folder.resolve(manifest.getFileName()));
                return folder;
            }
            if (Files.isRegularFile(code) || hasManifest(code)) {
                return code;
            }
            URL manifest = manifest(plugin, "/");
            if (manifest == null) {
                throw new IllegalArgumentException("no manifest.json for " + plugin.getName() + ": put it into "
                        + "src/main/resources, so that it is in the root of the package");
            }
            Path folder = newFolder();
            copyTree(code, folder);
            copyTree(pathOf(manifest).resolveSibling(""), folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot gather the package of " + plugin.getName(), e);
        }
    }

    private static Path codeSource(Class<?> plugin) {
        CodeSource source = plugin.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            throw new IllegalArgumentException(plugin.getName() + " is not on the class path of the test");
        }
        return pathOf(source.getLocation());
    }

    private static @Nullable URL manifest(Class<?> plugin, String root) {
        for (String name : MANIFESTS) {
            URL found = plugin.getResource(root + name);
            if (found != null && found.getProtocol().equals("file")) {
                return found;
            }
        }
        return null;
    }

    private static boolean hasManifest(Path folder) {
        return MANIFESTS.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static Path pathOf(URL location) {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            return Path.of(URI.create("file://" + location.getPath().replace(" ", "%20")));
        }
    }

    private Path newFolder() throws IOException {
        Path folder = Files.createTempDirectory("mortise-testkit");
        temporary.put(folder, true);
        return folder;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Path folder : temporary.keySet()) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
