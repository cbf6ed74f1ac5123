package dev.mortise.cli.author;

import dev.mortise.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder on this machine that is a plugin's package, or the Maven project that makes one. */
public sealed interface PluginFolder {

    /** Holds the manifest. */
    record Package(Path path) implements PluginFolder {
        @Override
        public Path packageFolder() {
            return path;
        }
    }

    /** Holds a {@code pom.xml}, and the manifest among its resources. */
    record MavenProject(Path path) implements PluginFolder {

        public Path sources() {
            return path.resolve("src/main/java");
        }

        public Path resources() {
            return path.resolve("src/main/resources");
        }

        public Path pom() {
            return path.resolve("pom.xml");
        }

        /** What the build compiles into, which is what a package looks like unpacked. */
        public Path classes() {
            return path.resolve("target/classes");
        }

        @Override
        public Path packageFolder() {
            if (manifest(classes()).isEmpty()) {
                throw CommandFailure.of("the plugin in " + path + " has not been built yet; run there: mvn -q package");
            }
            return classes();
        }
    }

    Path path();

    /** The folder that a host can take the plugin from, manifest at its root. */
    Path packageFolder();

    static boolean looksLikeOne(Path folder) {
        return manifest(folder).isPresent()
                || Files.isRegularFile(folder.resolve("pom.xml"))
                        && manifest(new MavenProject(folder).resources()).isPresent();
    }

    static PluginFolder of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.of("there is no folder " + folder);
        }
        if (manifest(folder).isPresent()) {
            return new Package(folder);
        }
        if (looksLikeOne(folder)) {
            return new MavenProject(folder);
        }
        throw CommandFailure.of("no plugin in " + folder + ": it has no manifest.json or manifest.yaml, and neither has"
                + " a Maven project's src/main/resources in it; start one with: mortise new my-plugin");
    }

    /** The manifest at the root of a folder. */
    static Optional<Path> manifest(Path folder) {
        return List.of("manifest.json", "manifest.yaml", "manifest.yml").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
