package dev.mortise.host.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The folder of an unpacked package that paths in its manifest refer to.
 *
 * @param folder that has the manifest in it
 */
record PackageRoot(Path folder, Path manifestFile) {

    private static final List<String> MANIFEST_NAMES = List.of("manifest.json", "manifest.yaml", "manifest.yml");

    /**
     * Finds it at the top or, as archives of a folder have it, in the only folder at the top; files beside that folder
     * do not matter, a second folder does.
     */
    static PackageRoot inArchive(Path unpacked) throws IOException {
        Optional<PackageRoot> top = in(unpacked);
        if (top.isPresent()) {
            return top.get();
        }
        List<Path> folders = FileTree.children(unpacked).stream()
                .filter(child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))
                .toList();
        Optional<PackageRoot> nested = folders.size() == 1 ? in(folders.getFirst()) : Optional.empty();
        return nested.orElseThrow(() -> RefusalException.invalid(
                "The archive must contain manifest.json, manifest.yaml or manifest.yml at its root or in a single"
                        + " top-level folder."));
    }

    static boolean isManifestName(String name) {
        return MANIFEST_NAMES.contains(name);
    }

    /** Whether the folder has a manifest right in it. */
    static boolean hasManifest(Path folder) {
        return MANIFEST_NAMES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    private static Optional<PackageRoot> in(Path folder) throws RefusalException {
        List<String> present = MANIFEST_NAMES.stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList();
        return onlyManifest(present).map(name -> new PackageRoot(folder, folder.resolve(name)));
    }

    /**
     * Which of the names, all from one folder, is the manifest's.
     *
     * @throws RefusalException if that is not clear
     */
    static Optional<String> onlyManifest(Collection<String> names) throws RefusalException {
        List<String> manifests =
                names.stream().filter(PackageRoot::isManifestName).toList();
        if (manifests.size() > 1) {
            throw RefusalException.invalid("The package has more than one manifest, " + manifests.get(0) + " and "
                    + manifests.get(1) + ". Keep one of them.");
        }
        return manifests.stream().findFirst();
    }
}
