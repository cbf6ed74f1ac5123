package dev.mortise.cli.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** What new projects are built with, made of the classes and {@code pom.xml}s of this very build. */
public final class AuthorDistribution {

    private static final String VERSION = "0.1.0";

    private AuthorDistribution() {}

    /** @return a folder with {@code repository} in it, as the distribution has one */
    public static Path create(Path folder) throws IOException {
        Path modules = Path.of("..").toAbsolutePath().normalize();
        Map<String, String> artifacts = Map.of(
                "mortise-api", "dev.mortise.api.Plugin",
                "mortise-host", "dev.mortise.host.Mortise",
                "mortise-runtime-jvm", "dev.mortise.runtime.jvm.JvmRuntime",
                "mortise-testkit", "dev.mortise.testkit.PluginTest");
        Map<String, String> folders = Map.of(
                "mortise-api", "api",
                "mortise-host", "host",
                "mortise-runtime-jvm", "runtimes/jvm",
                "mortise-testkit", "testkit");
        for (Map.Entry<String, String> artifact : artifacts.entrySet()) {
            Path place = place(folder, artifact.getKey());
            jar(classes(artifact.getValue()), place.resolve(artifact.getKey() + "-" + VERSION + ".jar"));
            Files.copy(
                    modules.resolve(folders.get(artifact.getKey())).resolve("pom.xml"),
                    place.resolve(artifact.getKey() + "-" + VERSION + ".pom"));
        }
        Files.copy(
                modules.resolve("pom.xml"),
                place(folder, "mortise-parent").resolve("mortise-parent-" + VERSION + ".pom"));
        return folder;
    }

    private static Path place(Path folder, String artifact) throws IOException {
        return Files.createDirectories(
                folder.resolve("repository/dev/mortise").resolve(artifact).resolve(VERSION));
    }

    private static Path classes(String type) {
        try {
            return CodeSource.of(Class.forName(type));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(type + " should be on the class path of this test", e);
        }
    }

    private static void jar(Path classes, Path jar) throws IOException {
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, jar);
            return;
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                content.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, content);
                content.closeEntry();
            }
        }
    }

    /**
     * A Maven with a local repository of its own, filled from the one that this build uses, so that the test leaves
     * nothing behind in that one and needs no network for what is there already.
     *
     * @return the folder with {@code mvn} in it, for PATH
     */
    public static Path isolatedMaven(Path folder, Path real) throws IOException {
        String machine = System.getProperty(
                "maven.repo.local",
                Path.of(System.getProperty("user.home"), ".m2/repository").toString());
        Path settings = folder.resolve("maven/settings.xml");
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, """
                <settings>
                  <profiles>
                    <profile>
                      <id>machine</id>
                      <repositories>
                        <repository><id>machine</id><url>%1$s</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>machine</id><url>%1$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
                </settings>
                """.formatted(Path.of(machine).toUri()));
        ShellScripts.write(
                folder.resolve("maven/bin/mvn"),
                "exec '" + real + "' -gs '" + settings + "' -Dmaven.repo.local='" + folder.resolve("maven/repository")
                        + "' \"$@\"");
        return folder.resolve("maven/bin");
    }

    /** The {@code mvn} of this machine, if it has one. */
    public static List<Path> mavens() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(entry -> Path.of(entry).resolve("mvn"))
                .filter(Files::isExecutable)
                .toList();
    }
}
