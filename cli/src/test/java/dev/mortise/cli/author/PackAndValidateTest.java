package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackAndValidateTest {

    private static final FileTime ANOTHER_TIME = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private TestTerminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new TestTerminal(folder);
    }

    @Test
    void packsAFolderAndTellsTheDigest() throws Exception {
        TestPlugin.folder(folder.resolve("packed"), "packed", "1.0.0", "{}");

        Outcome outcome = terminal.run("pack", "packed");

        Path archive = folder.resolve("packed.zip");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains(archive.toString(), "sha256:" + sha256(archive));
    }

    @Test
    void givesTheSameArchiveForTheSameContent() throws Exception {
        Path plugin = TestPlugin.folder(folder.resolve("same"), "same", "1.0.0", "{}");
        terminal.run("pack", "same", "-o", "first.zip");
        Files.setLastModifiedTime(plugin.resolve("manifest.json"), ANOTHER_TIME);

        terminal.run("pack", "same", "--output", "second.zip");

        assertThat(folder.resolve("second.zip")).hasSameBinaryContentAs(folder.resolve("first.zip"));
    }

    @Test
    void packsWhatAProjectHasBuilt() throws Exception {
        TestPlugin.builtProject(folder.resolve("project"), "project");

        JsonObject packed = terminal.run("pack", "project", "--json").json();

        assertThat(packed.text("archive"))
                .contains(folder.resolve("project.zip").toString());
        assertThat(terminal.run("validate", "project.zip").out()).contains("project 1.0.0 is valid");
    }

    @Test
    void refusesToPackWhatIsNoPlugin() throws Exception {
        Files.createDirectories(folder.resolve("empty"));

        assertThat(terminal.run("pack", "empty").err()).contains("no plugin in");
        assertThat(terminal.run("pack", "nowhere").err()).contains("there is no folder");
    }

    @Test
    void refusesToWriteWhereThereIsNoFolder() throws Exception {
        TestPlugin.folder(folder.resolve("homeless"), "homeless", "1.0.0", "{}");

        Outcome outcome = terminal.run("pack", "homeless", "-o", "no/such/place.zip");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no folder " + folder.resolve("no/such"));
    }

    @Test
    void findsAGoodPackageValidAndTellsWhatItWants() throws Exception {
        TestPlugin.folder(
                folder.resolve("good"), "good", "1.0.0", "{\"network\": [\"api.example.com\"], \"threads\": true}");

        Outcome outcome = terminal.run("validate", "good");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("good 1.0.0 is valid", "network api.example.com", "threads");
    }

    @Test
    void findsEveryMistakeWithItsPlace() throws Exception {
        Path plugin = Files.createDirectories(folder.resolve("bad"));
        Files.writeString(plugin.resolve("manifest.json"), """
                {
                  "id": "bad",
                  "version": "1.0",
                  "runtme": "jvm"
                }
                """);

        Outcome outcome = terminal.run("validate", "bad");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("bad is not valid");
        assertThat(outcome.err()).contains("manifest.json:3:", "manifest.json:4:", "runtme", "runtime");
    }

    @Test
    void findsWhatTheCodeDoesWithoutPermission() throws Exception {
        String source = """
                package test.sly;
                public class Main implements dev.mortise.api.Plugin {
                    public void onUnload() throws Exception {
                        new ProcessBuilder("id").start();
                    }
                }
                """;
        TestPlugin.compiled(folder.resolve("sly"), "sly", source, "\"permissions\": {}");
        TestPlugin.compiled(folder.resolve("open"), "sly", source, "\"permissions\": {\"run\": [\"id\"]}");

        Outcome outcome = terminal.run("validate", "sly");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("test.sly.Main.onUnload (Main.java:4) calls java.lang.ProcessBuilder.start")
                .contains("it needs the permission run");
        assertThat(terminal.run("validate", "open").exitCode()).isZero();
    }

    @Test
    void findsTheMistakeInAManifestThatIsNoJson() throws Exception {
        Path plugin = Files.createDirectories(folder.resolve("torn"));
        Files.writeString(plugin.resolve("manifest.json"), "{\n  \"id\": \"torn\",\n");

        Outcome outcome = terminal.run("validate", "torn");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).containsPattern("manifest\\.json:\\d+:\\d+");
    }

    @Test
    void validatesTheManifestOfAProjectBeforeItIsBuilt() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("unbuilt"), "unbuilt");
        CompiledClasses.deleteRecursively(project.resolve("target"));

        assertThat(terminal.run("validate", "unbuilt").exitCode()).isZero();
    }

    @Test
    void refusesAnArchiveThatIsNone() throws Exception {
        Files.writeString(folder.resolve("text.zip"), "this is no archive");

        Outcome outcome = terminal.run("validate", "text.zip");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isNotBlank();
    }

    @Test
    void reportsAsJson() throws Exception {
        TestPlugin.folder(folder.resolve("json"), "json", "1.0.0", "{}");
        Path bad = Files.createDirectories(folder.resolve("bad-json"));
        Files.writeString(bad.resolve("manifest.json"), "{}");

        assertThat(terminal.run("validate", "json", "--json").json().bool("valid"))
                .contains(true);
        Outcome refused = terminal.run("validate", "bad-json", "--json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.json().bool("valid")).contains(false);
        assertThat(refused.json().object("details").orElseThrow().array("errors"))
                .isPresent();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
