package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.harness.AuthorDistribution;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewCommandTest {

    @TempDir
    Path folder;

    private TestTerminal terminal;

    @BeforeEach
    void openTerminal() throws IOException {
        terminal = new TestTerminal(folder).withDistribution(AuthorDistribution.create(folder.resolve("distribution")));
    }

    @Test
    void makesAProjectWithEverythingInIt() {
        Outcome outcome = terminal.run("new", "my-greeter");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(folder.resolve("my-greeter"))
                .isDirectoryRecursivelyContaining("glob:**/pom.xml")
                .isDirectoryRecursivelyContaining("glob:**/.gitignore")
                .isDirectoryRecursivelyContaining("glob:**/README.md")
                .isDirectoryRecursivelyContaining("glob:**/src/main/resources/manifest.json")
                .isDirectoryRecursivelyContaining("glob:**/com/example/mygreeter/MyGreeter.java")
                .isDirectoryRecursivelyContaining("glob:**/com/example/mygreeter/MyGreeterTest.java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"function", "hook"})
    void leavesNoPlaceholderBehind(String kind) throws Exception {
        terminal.run("new", "complete", "--kind", kind);

        try (var files = Files.walk(folder.resolve("complete"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("{{", "}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"function", "hook"})
    void makesAManifestThatIsValid(String kind) {
        terminal.run("new", "valid", "--kind", kind);

        assertThat(terminal.run("validate", "valid").out()).contains("valid 1.0.0 is valid");
    }

    @Test
    void takesThePackageThatItIsGiven() {
        JsonObject made = terminal.run("new", "placed", "--package", "org.example.mine", "--json")
                .json();

        assertThat(made.text("class_name")).contains("org.example.mine.Placed");
        assertThat(folder.resolve("placed/src/main/java/org/example/mine/Placed.java"))
                .exists();
    }

    @ParameterizedTest
    @CsvSource({
        "plugin, com.example.plugin.PluginPlugin",
        "hook, com.example.hook.HookPlugin",
        "class, com.example.classplugin.Class",
        "a-1-b, com.example.a1b.A1B",
        "greeting, com.example.greeting.GreetingPlugin"
    })
    void findsNamesThatJavaAllows(String id, String className) {
        assertThat(terminal.run("new", id, "--json").json().text("class_name")).contains(className);
    }

    @Test
    void writesNothingOverAnything() throws Exception {
        Files.createDirectories(folder.resolve("taken"));
        Files.writeString(folder.resolve("taken/precious"), "");

        Outcome outcome = terminal.run("new", "taken");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("exists already");
        assertThat(folder.resolve("taken/pom.xml")).doesNotExist();
    }

    @Test
    void usesAnEmptyFolderThatIsThere() throws Exception {
        Files.createDirectories(folder.resolve("empty"));

        assertThat(terminal.run("new", "empty").exitCode()).isZero();
    }

    @Test
    void saysThatTheLibrariesAreMissing() {
        Outcome outcome = new TestTerminal(folder).run("new", "lonely");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("author's libraries");
        assertThat(folder.resolve("lonely")).doesNotExist();
    }
}
