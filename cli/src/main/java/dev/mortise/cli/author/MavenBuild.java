package dev.mortise.cli.author;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs Maven in a project. */
public final class MavenBuild {

    private final Path project;
    private final String program;
    private final Map<String, String> environment;

    private MavenBuild(Path project, String program, Map<String, String> environment) {
        this.project = project;
        this.program = program;
        this.environment = environment;
    }

    /** Uses the project's own wrapper where it has one, and otherwise the Maven that is installed. */
    public static MavenBuild in(Path project, Shell shell) {
        Path wrapper = project.resolve("mvnw");
        if (Files.isExecutable(wrapper)) {
            return new MavenBuild(project, wrapper.toString(), shell.environment());
        }
        return new MavenBuild(
                project,
                installed(shell)
                        .map(Path::toString)
                        .orElseThrow(() -> CommandFailure.of("Maven is needed to build " + project
                                + ", and there is no mvn on PATH; install Maven 3.8 or newer, for example with: apt"
                                + " install maven, brew install maven, or sdk install maven")),
                shell.environment());
    }

    /** The {@code mvn} that a shell would run. */
    public static Optional<Path> installed(Shell shell) {
        return List.of(shell.variable("PATH").orElse("").split(":")).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> shell.resolve(folder).resolve("mvn"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs goals; without asking repositories first, and if that does not do, with them.
     *
     * @return what Maven printed, if it failed
     */
    public Optional<String> run(List<String> arguments) throws IOException, InterruptedException {
        return start(arguments, true).isEmpty() ? Optional.empty() : start(arguments, false);
    }

    private Optional<String> start(List<String> arguments, boolean offline) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program, "-q", "-B"));
        if (offline) {
            line.add("-o");
        }
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        // The JDK that runs this is new enough for any plugin; the shell's default may not be.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();
        maven.getOutputStream().close();
        try {
            String printed = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return maven.waitFor() == 0 ? Optional.empty() : Optional.of(printed);
        } finally {
            maven.destroy();
        }
    }
}
