package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.cli.CommandTest;
import dev.mortise.cli.Shell;
import dev.mortise.cli.harness.AuthorDistribution;
import dev.mortise.cli.harness.Eventually;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From nothing to a plugin that is live, changed and rolled back, with a real Maven. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AuthorJourneyTest extends CommandTest {

    private Path distribution;
    private String path;

    @BeforeAll
    void findMaven() throws IOException {
        List<Path> mavens = AuthorDistribution.mavens();
        assumeTrue(!mavens.isEmpty(), "there is no mvn on PATH");
        distribution = AuthorDistribution.create(folder.resolve("distribution"));
        path = AuthorDistribution.isolatedMaven(folder, mavens.getFirst()) + ":" + System.getenv("PATH");
    }

    @BeforeEach
    void openAnAuthorsTerminal() {
        terminal = authorsTerminal();
    }

    private TestTerminal authorsTerminal() {
        return freshTerminal().withDistribution(distribution).with("PATH", path);
    }

    @Test
    void goesFromNothingToALivePluginAndBack() throws Exception {
        Outcome made = terminal.run("new", "greeter", "--package", "org.example.greeter");
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("mvn -q verify", "mortise install greeter", "mortise dev greeter");
        Path project = folder.resolve("greeter");

        maven(project, "verify");
        assertThat(testReport(project)).contains("tests=\"2\"", "failures=\"0\"", "errors=\"0\"");
        assertThat(terminal.run("validate", "greeter").exitCode()).isZero();

        Outcome installed = terminal.run("install", "greeter");
        assertThat(installed.out()).as(installed.err()).contains("greeter 1.0.0 is active");
        assertThat(terminal.run("invoke", "greeter", "name=Ada").out()).contains("\"message\": \"Hello, Ada!\"");

        edit(project, "+ name + \"!\"", "+ name + \", well met!\"");
        maven(project, "package", "-DskipTests");
        assertThat(terminal.run("reload", "greeter").exitCode()).isZero();
        assertThat(terminal.run("invoke", "greeter", "name=Ada").out()).contains("Hello, Ada, well met!");

        assertThat(terminal.run("rollback").exitCode()).isZero();
        assertThat(terminal.run("invoke", "greeter", "name=Ada").out()).contains("Hello, Ada!");

        Outcome upgraded = terminal.run("upgrade", "greeter", "greeter/target/greeter.jar");
        assertThat(upgraded.exitCode()).as(upgraded.err()).isZero();
        assertThat(terminal.run("invoke", "greeter", "name=Ada").out()).contains("well met!");
    }

    @Test
    void makesAHookWhoseTestsPass() throws Exception {
        terminal.run("new", "topic-blocklist", "--kind", "hook");
        Path project = folder.resolve("topic-blocklist");

        maven(project, "verify");

        assertThat(testReport(project)).contains("tests=\"2\"", "failures=\"0\"", "errors=\"0\"");
        assertThat(terminal.run("install", "topic-blocklist").out()).contains("topic-blocklist 1.0.0 is active");
    }

    @Test
    void developsAProjectThatHasNeverBeenBuilt() throws Exception {
        terminal.run("new", "fresh");
        Path project = folder.resolve("fresh");
        try (DevSession dev = new DevSession(authorsTerminal(), project)) {
            dev.awaitLine("watching");
            assertThat(terminal.run("invoke", "fresh").out()).contains("Hello, world!");

            edit(project, "+ name + \"!\"", "+ name + \" in a moment!\"");
            Eventually.holds(() -> terminal.run("invoke", "fresh").out().contains("Hello, world in a moment!"));
        }
    }

    private void maven(Path project, String... arguments) throws IOException, InterruptedException {
        Shell shell = authorsTerminal().shell(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        Optional<String> failure = MavenBuild.in(project, shell).run(List.of(arguments));
        assertThat(failure).isEmpty();
    }

    private static void edit(Path project, String before, String after) throws IOException {
        try (var files = Files.walk(project.resolve("src/main/java"))) {
            Path source = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            String text = Files.readString(source);
            assertThat(text).contains(before);
            Files.writeString(source, text.replace(before, after));
        }
    }

    private static String testReport(Path project) throws IOException {
        try (var files = Files.list(project.resolve("target/surefire-reports"))) {
            return Files.readString(files.filter(file -> file.toString().endsWith(".xml"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
