package dev.mortise.host.packages;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder of packages to install by plain name: archives called {@code <id>.<extension>} or
 * {@code <id>-<version>.<extension>} with the extensions {@code jar}, {@code zip}, {@code tar.gz} and {@code tgz}, and
 * folders called {@code <id>}. The folder belongs to the operator; links in it are followed. It is read anew each time.
 */
public final class PackageCatalog {

    private final Path folder;
    private final ManifestId manifestIds;

    public PackageCatalog(Path folder, PackageLimits limits) {
        this.folder = folder;
        this.manifestIds = new ManifestId(limits);
    }

    /**
     * All packages whose file name tells what they are, sorted by name and then as {@link #find} prefers them. Empty if
     * the folder does not exist.
     */
    public List<CatalogEntry> list() throws IOException {
        return children().stream()
                .flatMap(path -> CatalogEntry.of(path).stream())
                .sorted(Comparator.comparing(CatalogEntry::name).thenComparing(CatalogEntry.PREFERENCE))
                .toList();
    }

    /**
     * Finds the package with this name: an archive without a version in its name first, then the highest version, then
     * a folder. If no file name matches, the manifests are read to find one with this id.
     *
     * @param name as it came; what is no plugin id is refused before the disk is touched
     */
    public Result<CatalogEntry> find(String name) throws IOException {
        Optional<PluginId> spelt = PluginId.spelt(name);
        if (spelt.isEmpty()) {
            return Result.refused(Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "'" + Text.abbreviate(name) + "' cannot be the name of a package in the catalog: names are plugin"
                            + " ids, such as hello-world."));
        }
        PluginId id = spelt.get();
        List<CatalogEntry> named = list();
        Optional<CatalogEntry> found =
                named.stream().filter(entry -> entry.name().equals(id)).findFirst();
        if (found.isEmpty()) {
            found = findByManifest(id);
        }
        return found.map(Result::ok).orElseGet(() -> Result.refused(notFound(id, named)));
    }

    private Optional<CatalogEntry> findByManifest(PluginId id) throws IOException {
        List<CatalogEntry> matches = new ArrayList<>();
        for (Path path : children()) {
            if (CatalogEntry.isPackage(path)
                    && manifestIds.of(path).filter(id::equals).isPresent()) {
                matches.add(new CatalogEntry(id, CatalogEntry.of(path).flatMap(CatalogEntry::version), path));
            }
        }
        return matches.stream().min(CatalogEntry.PREFERENCE);
    }

    private List<Path> children() throws IOException {
        return Files.isDirectory(folder) ? FileTree.children(folder) : List.of();
    }

    private Problem notFound(PluginId id, List<CatalogEntry> named) {
        String others = named.stream()
                .map(entry -> entry.name().value())
                .distinct()
                .limit(20)
                .collect(Collectors.joining(", "));
        return Problem.of(
                ProblemCode.NOT_FOUND,
                id,
                "The catalog " + folder + " has no package '" + id + "'. "
                        + (others.isEmpty() ? "It is empty: put packages there." : "It has: " + others + "."));
    }
}
