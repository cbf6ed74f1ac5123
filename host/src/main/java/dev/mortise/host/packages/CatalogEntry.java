package dev.mortise.host.packages;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A package in the catalog, as its file name describes it.
 *
 * @param version where the file name has one
 * @param path of the archive or the folder
 */
public record CatalogEntry(PluginId name, Optional<Version> version, Path path) {

    /** In the order of preference where several have the same name. */
    private static final List<String> EXTENSIONS = List.of(".jar", ".zip", ".tar.gz", ".tgz");

    /** Of several with the same name the first is taken: without version, then the highest version, folders last. */
    static final Comparator<CatalogEntry> PREFERENCE = Comparator.comparing(CatalogEntry::isFolder)
            .thenComparing(entry -> entry.version().isPresent())
            .thenComparing(entry -> entry.version().orElse(new Version("0.0.0")), Comparator.reverseOrder())
            .thenComparing(entry -> EXTENSIONS.indexOf(extensionOf(entry.path()).orElse("")))
            .thenComparing(CatalogEntry::path);

    /** What the path's name says, or nothing if packages have other names: {@code <id>[-<version>].<extension>}. */
    static Optional<CatalogEntry> of(Path path) {
        String fileName = path.getFileName().toString();
        if (!isPackage(path)) {
            return Optional.empty();
        }
        if (Files.isDirectory(path)) {
            return PluginId.isValid(fileName)
                    ? Optional.of(new CatalogEntry(new PluginId(fileName), Optional.empty(), path))
                    : Optional.empty();
        }
        return extensionOf(path)
                .flatMap(extension -> split(fileName.substring(0, fileName.length() - extension.length()), path));
    }

    /** Whether it looks like a package, whatever its name: an archive by its extension, or a folder with a manifest. */
    static boolean isPackage(Path path) {
        return Files.isDirectory(path)
                ? PackageRoot.hasManifest(path)
                : extensionOf(path).isPresent() && Files.isRegularFile(path);
    }

    private static Optional<String> extensionOf(Path path) {
        String fileName = path.getFileName().toString();
        return EXTENSIONS.stream().filter(fileName::endsWith).findFirst();
    }

    boolean isFolder() {
        return extensionOf(path).isEmpty();
    }

    private static Optional<CatalogEntry> split(String stem, Path path) {
        if (PluginId.isValid(stem)) {
            return Optional.of(new CatalogEntry(new PluginId(stem), Optional.empty(), path));
        }
        for (int dash = stem.indexOf('-'); dash >= 0; dash = stem.indexOf('-', dash + 1)) {
            Optional<Version> version = versionOf(stem.substring(dash + 1));
            if (version.isPresent() && PluginId.isValid(stem.substring(0, dash))) {
                return Optional.of(new CatalogEntry(new PluginId(stem.substring(0, dash)), version, path));
            }
        }
        return Optional.empty();
    }

    private static Optional<Version> versionOf(String text) {
        try {
            return Optional.of(new Version(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
