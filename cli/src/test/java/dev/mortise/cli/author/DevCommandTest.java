package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.Eventually;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DevCommandTest extends CommandTest {

    @Test
    void makesEveryEditLive() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("edited"), "edited");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");
            assertThat(greeting("edited")).contains("from 1.0.0");

            edit(TestPlugin.source(project, "edited"), "from 1.0.0", "after the first edit");
            awaitGreeting("edited", "after the first edit");
            edit(TestPlugin.source(project, "edited"), "after the first edit", "after the second");
            awaitGreeting("edited", "after the second");

            assertThat(dev.printed()).containsPattern("live in \\d+ ms: edited, generation \\d+");
        }
    }

    @Test
    void keepsTheOldVersionServingWhileTheNewDoesNotCompile() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("broken"), "broken");
        Path source = TestPlugin.source(project, "broken");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");

            edit(source, "return context", "retrun context");
            dev.awaitLine("not live: it does not compile");

            assertThat(dev.printed()).contains("Greeter.java", "error:", "retrun context");
            assertThat(greeting("broken")).contains("from 1.0.0");
            assertThat(terminal.run("reload", "broken").exitCode())
                    .as("the classes on the disk are those that compiled")
                    .isZero();

            edit(source, "retrun context", "return context");
            edit(source, "from 1.0.0", "repaired");
            awaitGreeting("broken", "repaired");
        }
    }

    @Test
    void takesNewAndDeletedSourceFiles() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("growing"), "growing");
        Path source = TestPlugin.source(project, "growing");
        Path added = source.resolveSibling("Words.java");
        Path compiled = project.resolve("target/classes/test/growing/Words.class");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");

            Files.writeString(
                    added, "package test.growing; class Words { static String end() { return \"Servus\"; } }");
            edit(source, "\", from 1.0.0\"", "Words.end()");
            awaitGreeting("growing", "Servus");
            assertThat(compiled).exists();

            edit(source, "Words.end()", "\"Pfiat di\"");
            Files.delete(added);
            awaitGreeting("growing", "Pfiat di");
            Eventually.holds(() -> !Files.exists(compiled));
        }
    }

    @Test
    void takesAnEditOfTheManifest() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("declared"), "declared");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");

            edit(project.resolve("src/main/resources/manifest.json"), "\"word\": \"Hello\"", "\"word\": \"Ahoi\"");

            awaitGreeting("declared", "Ahoi");
        }
    }

    @Test
    void saysWhyTheHostRefusesAnEdit() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("refused"), "refused");
        Path manifest = project.resolve("src/main/resources/manifest.json");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");

            edit(manifest, "\"version\": \"1.0.0\"", "\"version\": \"one\"");
            dev.awaitLine("not live:");

            assertThat(dev.printed()).contains("manifest.json:3", "version");
            assertThat(greeting("refused")).contains("from 1.0.0");
        }
    }

    @Test
    void showsWhatThePluginLogs() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("logging"), "logging");
        try (DevSession dev = new DevSession(freshTerminal(), project)) {
            dev.awaitLine("watching");

            edit(TestPlugin.source(project, "logging"), "greeter 1.0.0 is here", "heard from the plugin");

            dev.awaitLine("heard from the plugin");
        }
    }

    @Test
    void watchesAPackageFolderThatNeedsNoBuild() throws Exception {
        Path plugin = TestPlugin.folder(folder.resolve("plain"), "plain", "1.0.0", "{}");
        try (DevSession dev = new DevSession(freshTerminal(), plugin)) {
            dev.awaitLine("watching");

            edit(plugin.resolve("manifest.json"), "\"word\": \"Hello\"", "\"word\": \"Tach\"");

            awaitGreeting("plain", "Tach");
        }
    }

    @Test
    void refusesAHostElsewhere() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("far"), "far");

        Outcome outcome = remoteTerminal().run("dev", project.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("a host on this machine");
    }

    @Test
    void refusesAFolderWithoutPlugin() {
        Outcome outcome = terminal.run("dev", folder.resolve("nothing").toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no folder");
    }

    private String greeting(String id) {
        return freshTerminal().run("invoke", id + "_greet").out();
    }

    private void awaitGreeting(String id, String expected) throws InterruptedException {
        Eventually.holds(() -> greeting(id).contains(expected));
    }

    private static void edit(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }
}
