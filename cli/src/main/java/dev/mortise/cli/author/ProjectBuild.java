package dev.mortise.cli.author;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the compiled classes of a Maven project up to date after an edit. Plain sources and resources are done in
 * this process; where the project's own build does more than that, and when its {@code pom.xml} changes, Maven does it.
 */
final class ProjectBuild implements AutoCloseable {

    private static final String CLASS_PATH_GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath";

    /** What says in a {@code pom.xml} that compiling or copying alone would not give the same. */
    private static final Pattern MORE_THAN_PLAIN = Pattern.compile(
            "<annotationProcessorPaths>|<annotationProcessors>|<proc>|<filtering>\\s*true|<sourceDirectory>"
                    + "|<resources>|build-helper-maven-plugin|kotlin-maven-plugin|scala-maven-plugin"
                    + "|<goal>\\s*generate");

    private final PluginFolder.MavenProject project;
    private final Shell shell;
    private final CompiledClasses classes;
    private final Path work;

    @Nullable
    private PluginCompiler compiler;

    ProjectBuild(PluginFolder.MavenProject project, Shell shell) {
        this.project = project;
        this.shell = shell;
        this.classes = new CompiledClasses(project.classes());
        this.work = project.path().resolve("target/mortise-dev");
    }

    /** What an edit can be in. */
    List<Path> sources() {
        return List.of(project.sources(), project.resources(), project.pom());
    }

    /**
     * Builds everything, with Maven unless it has just done so.
     *
     * @return what is wrong with the project; empty if nothing is
     */
    List<String> everything() throws IOException, InterruptedException {
        if (!upToDate()) {
            Files.createDirectories(work);
            var failure = MavenBuild.in(project.path(), shell)
                    .run(List.of(
                            "package",
                            "-DskipTests",
                            CLASS_PATH_GOAL,
                            "-Dmdep.outputFile=" + classPathFile(),
                            "-Dmdep.includeScope=compile"));
            if (failure.isPresent()) {
                return failure.get().strip().lines().toList();
            }
        }
        renewCompiler();
        return compiler == null ? List.of() : compile();
    }

    /**
     * Builds what an edit has touched.
     *
     * @param edited the files
     * @return what is wrong with them; empty if nothing is
     */
    List<String> after(Set<Path> edited) throws IOException, InterruptedException {
        if (edited.contains(project.pom()) || compiler == null) {
            Files.deleteIfExists(classPathFile());
            return everything();
        }
        for (Path file : edited) {
            if (file.startsWith(project.resources())) {
                classes.updateResource(project.resources(), file);
            }
        }
        return edited.stream().anyMatch(file -> file.startsWith(project.sources())) ? compile() : List.of();
    }

    private List<String> compile() throws IOException {
        PluginCompiler javac = compiler;
        if (javac == null) {
            return List.of();
        }
        // Beside the classes, so that an edit that does not compile leaves those alone that the host may read again.
        Path output = work.resolve("classes");
        CompiledClasses.deleteRecursively(output);
        Files.createDirectories(output);
        List<String> errors = javac.compile(project.sources(), output);
        if (errors.isEmpty()) {
            classes.replaceBy(output);
        }
        return errors;
    }

    private boolean upToDate() throws IOException {
        return Files.exists(classPathFile())
                && PluginFolder.manifest(project.classes()).isPresent()
                && Files.getLastModifiedTime(classPathFile()).compareTo(Files.getLastModifiedTime(project.pom())) > 0;
    }

    private void renewCompiler() throws IOException {
        close();
        compiler = null;
        if (plain()) {
            compiler = new PluginCompiler(
                    classPath(), classes.release().orElse(Runtime.version().feature()));
        }
    }

    private boolean plain() throws IOException {
        if (MORE_THAN_PLAIN.matcher(Files.readString(project.pom())).find()) {
            return false;
        }
        Path generated = project.path().resolve("target/generated-sources");
        if (!Files.isDirectory(generated)) {
            return true;
        }
        try (Stream<Path> files = Files.walk(generated)) {
            return files.noneMatch(file -> file.toString().endsWith(".java"));
        }
    }

    private List<Path> classPath() throws IOException {
        String text = Files.readString(classPathFile()).strip();
        List<Path> paths = new ArrayList<>();
        Arrays.stream(text.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .forEach(paths::add);
        List<Path> gone = paths.stream().filter(path -> !Files.exists(path)).toList();
        if (!gone.isEmpty()) {
            throw CommandFailure.of("libraries of the project are gone from the local Maven repository: " + gone
                    + "; run in " + project.path() + ": mvn -q package");
        }
        return paths;
    }

    private Path classPathFile() {
        return work.resolve("classpath");
    }

    @Override
    public void close() throws IOException {
        if (compiler != null) {
            compiler.close();
        }
    }
}
