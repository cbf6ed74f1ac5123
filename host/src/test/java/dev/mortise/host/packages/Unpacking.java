package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Unpacks archives in a folder of a test, and watches that nothing else changes there. */
final class Unpacking {

    private final Path area;
    private final Path staging;
    private final PackageLimits limits;

    Unpacking(Path area, PackageLimits limits) throws IOException {
        this.area = area;
        this.staging = Files.createDirectory(area.resolve("staging"));
        this.limits = limits;
    }

    /** @return what a user gets to see, having checked that nothing was left behind */
    Problem refusal(byte[] archive) throws IOException {
        return switch (unpack(archive)) {
            case Result.Ok<PackageRoot> _ ->
                throw new AssertionError("unpacked " + tree(staging).keySet());
            case Result.Refused<PackageRoot>(Problem problem) -> {
                assertThat(tree(area)).containsOnlyKeys("archive", "staging/");
                yield problem;
            }
        };
    }

    PackageRoot root(byte[] archive) throws IOException {
        return unpack(archive).orThrow();
    }

    /** @return the files and folders of the package, with the files' content */
    Map<String, String> files(byte[] archive) throws IOException {
        return tree(root(archive).folder());
    }

    /** @return the same, or nothing if the archive is refused; the next archive can be unpacked then */
    Optional<Map<String, String>> filesUnlessRefused(byte[] archive) throws IOException {
        return switch (unpack(archive)) {
            case Result.Ok<PackageRoot>(PackageRoot root) -> {
                Map<String, String> files = tree(root.folder());
                FileTree.empty(staging);
                yield Optional.of(files);
            }
            case Result.Refused<PackageRoot> _ -> {
                assertThat(tree(area)).containsOnlyKeys("archive", "staging/");
                yield Optional.empty();
            }
        };
    }

    private Result<PackageRoot> unpack(byte[] archive) throws IOException {
        Path file = Files.write(area.resolve("archive"), archive);
        return new ArchiveReader(limits).unpack(file, staging);
    }

    /** Names with content; folders end with a slash and have none. */
    static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(path -> !path.equals(root))::iterator) {
                String name = root.relativize(path).toString();
                if (Files.isDirectory(path)) {
                    tree.put(name + "/", "");
                } else {
                    tree.put(name, Files.readString(path, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return tree;
    }
}
