package dev.mortise.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class InstallCommandTest extends CommandTest {

    @Test
    void installsAFolderAndNamesItsFunctions() throws Exception {
        Path plugin = TestPlugin.folder(folder, "from-folder", "1.0.0");

        Outcome outcome = terminal.run("install", plugin.toString());

        assertThat(outcome.err()).doesNotContain("mortise:");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("start from-folder 1.0.0", "from-folder 1.0.0 is active", "from_folder_greet")
                .containsPattern("generation \\d+ is live");
        assertThat(terminal.run("invoke", "from_folder_greet").out()).contains("Hello, world, from 1.0.0");
    }

    @Test
    void installsAFolderByARelativePath() throws Exception {
        TestPlugin.folder(folder, "relative", "1.0.0");

        assertThat(terminal.run("install", "relative-1.0.0").exitCode()).isZero();
    }

    @Test
    void remembersTheFolderSoThatReloadTakesItAgain() throws Exception {
        Path plugin = TestPlugin.folder(folder.resolve("again"), "again", "1.0.0", "{}");
        terminal.run("install", plugin.toString());
        TestPlugin.folder(plugin, "again", "1.1.0", "{}");

        Outcome outcome = terminal.run("reload", "again");

        assertThat(outcome.out()).contains("replace again 1.0.0 → 1.1.0");
        assertThat(terminal.run("invoke", "again_greet").out()).contains("from 1.1.0");
    }

    @Test
    void installsABuiltMavenProjectByTheProjectsFolder() throws Exception {
        Path project = TestPlugin.builtProject(folder.resolve("project"), "from-project");

        Outcome outcome = terminal.run("install", project.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("show", "from-project").out())
                .contains(project.resolve("target/classes").toString());
    }

    @Test
    void saysHowToBuildAProjectThatHasNotBeenBuilt() throws Exception {
        Path project = folder.resolve("unbuilt");
        Files.createDirectories(project.resolve("src/main/resources"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("src/main/resources/manifest.json"), "{}");

        Outcome outcome = terminal.run("install", project.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("has not been built yet", "mvn -q package");
    }

    @Test
    void installsAnArchive() throws Exception {
        Path archive = packed("from-archive", "1.0.0");

        Outcome outcome = terminal.run("install", archive.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("from-archive 1.0.0 is active");
    }

    @Test
    void sendsAFolderToAHostElsewhereAsAnArchive() throws Exception {
        Path plugin = TestPlugin.folder(folder, "remote", "1.0.0");

        Outcome outcome = remoteTerminal().run("install", plugin.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("show", "remote", "--json")
                        .json()
                        .object("source")
                        .orElseThrow()
                        .text("kind"))
                .contains("archive");
    }

    @Test
    void installsFromTheCatalogByName() throws Exception {
        TestPlugin.folder(catalog.resolve("catalogued"), "catalogued", "1.0.0", "{}");

        assertThat(terminal.run("install", "catalogued").out()).contains("catalogued 1.0.0 is active");
        assertThat(terminal.run("list", "--catalog").out()).contains("catalogued");
    }

    @Test
    void acceptsTheDigestThatTheArchiveHas() throws Exception {
        Path archive = packed("digested", "1.0.0");

        assertThat(terminal.run("install", archive.toString(), "--digest", "sha256:" + sha256(archive))
                        .exitCode())
                .isZero();
    }

    @Test
    void refusesAnArchiveWithAnotherDigest() throws Exception {
        Path archive = packed("tampered", "1.0.0");

        Outcome outcome = terminal.run("install", archive.toString(), "--digest", "sha256:" + "0".repeat(64));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("digest_mismatch");
        assertThat(terminal.run("list").out()).doesNotContain("tampered 1.0.0 is active");
    }

    @Test
    void configuresWhatItInstalls() throws Exception {
        Path plugin = TestPlugin.folder(folder, "configured", "1.0.0");

        Outcome outcome = terminal.run("install", plugin.toString(), "--config", "{\"word\": \"Ahoi\"}");

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("invoke", "configured_greet").out()).contains("Ahoi, world");
    }

    @Test
    void configuresAnArchiveFromAFile() throws Exception {
        Path archive = packed("filed", "1.0.0");
        Files.writeString(folder.resolve("config.json"), "{\"word\": \"Servus\"}");

        Outcome outcome = terminal.run("install", archive.toString(), "--config", "@config.json");

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("invoke", "filed_greet").out()).contains("Servus, world");
    }

    @Test
    void installsWithoutStarting() throws Exception {
        Path plugin = TestPlugin.folder(folder, "asleep", "1.0.0");

        terminal.run("install", plugin.toString(), "--disabled");

        assertThat(terminal.run("show", "asleep").out()).startsWith("asleep 1.0.0 is disabled");
    }

    @Test
    void saysLastHowToStartWhatItsManifestLeavesDisabled() throws Exception {
        Path plugin = TestPlugin.compiled(
                folder.resolve("shy"),
                "shy",
                "package test.shy; public final class Main implements dev.mortise.api.Plugin {}",
                "\"enabled\": false");

        Outcome outcome = terminal.run("install", plugin.toString());
        Outcome again = terminal.run("install", plugin.toString());
        Outcome asJson = terminal.run("install", plugin.toString(), "--json");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().toList()).endsWith("shy is disabled; start it with: mortise enable shy");
        assertThat(again.out().lines().toList()).endsWith("shy is disabled; start it with: mortise enable shy");
        assertThat(asJson.out())
                .startsWith("{")
                .contains("\"status\":\"disabled\"")
                .hasLineCount(1);
        assertThat(terminal.run("enable", "shy").out()).contains("shy 1.0.0 is active");
    }

    @Test
    void aPlanSaysWhereStrangersCanSendFromThenOn() throws IOException {
        Path plugin = TestPlugin.compiled(folder.resolve("bell"), "bell", """
                package test.bell;
                import dev.mortise.api.CallInfo;
                import dev.mortise.api.Webhook;
                import dev.mortise.api.WebhookReply;
                import dev.mortise.api.WebhookRequest;
                public final class Main implements Webhook {
                    public WebhookReply receive(WebhookRequest request, CallInfo call) {
                        return WebhookReply.of(204);
                    }
                }
                """, "\"webhook_prefix\": \"/ding\"");

        assertThat(terminal.run("install", plugin.toString(), "--plan").out())
                .contains("+ bell receives webhooks at /ding");
        assertThat(terminal.run("install", plugin.toString(), "--yes").exitCode())
                .isZero();
        assertThat(terminal.run("show", "bell").out()).containsPattern("webhooks +/ding");
        assertThat(terminal.run("uninstall", "bell", "--yes").out())
                .contains("- bell no longer receives webhooks at /ding");
    }

    @Test
    void onlyShowsThePlanWhenAskedFor() throws Exception {
        Path plugin = TestPlugin.folder(folder, "planned", "1.0.0");

        Outcome planned = terminal.run("install", plugin.toString(), "--plan");
        Outcome same = terminal.run("plan", "install", plugin.toString());

        assertThat(planned.out()).contains("ACTION").containsPattern("start +planned +- +1\\.0\\.0");
        assertThat(same.out()).isEqualTo(planned.out());
        assertThat(terminal.run("show", "planned").exitCode()).isEqualTo(1);
    }

    @Test
    void printsTheHostsOwnJson() throws Exception {
        Path plugin = TestPlugin.folder(folder, "as-json", "1.0.0");

        JsonObject outcome =
                terminal.run("install", plugin.toString(), "--json").json();

        assertThat(outcome.bool("changed")).contains(true);
        assertThat(outcome.integer("generation")).isPresent();
    }

    @Test
    void printsTheProblemAsJsonToo() {
        Outcome outcome = terminal.run("install", "not-in-the-catalog", "--json");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.json().text("code")).contains("not_found");
        assertThat(outcome.err()).contains("not_found");
    }

    @Test
    void tellsThePermissionsThatItGrants() throws Exception {
        Path plugin = TestPlugin.folder(
                folder.resolve("wanting"), "wanting", "1.0.0", "{\"network\": [\"api.example.com:443\"]}");

        Outcome outcome = terminal.run("install", plugin.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("+ wanting may: network api.example.com:443");
    }

    @Test
    void asksAPersonBeforePermissionsAreGranted() throws Exception {
        Path plugin = TestPlugin.folder(
                folder.resolve("asking"), "asking", "1.0.0", "{\"network\": [\"api.example.com:443\"]}");

        Outcome declined = freshTerminal().withPersonTyping("n\n").run("install", plugin.toString());

        assertThat(declined.err()).contains("network api.example.com:443", "Go on? [y/N]", "nothing was changed");
        assertThat(terminal.run("show", "asking").exitCode()).isEqualTo(1);

        Outcome agreed = freshTerminal().withPersonTyping("y\n").run("install", plugin.toString());

        assertThat(agreed.exitCode()).isZero();
        assertThat(terminal.run("show", "asking").out()).startsWith("asking 1.0.0 is active");
    }

    @Test
    void doesNotAskAPersonWhoHasSaidYes() throws Exception {
        Path plugin = TestPlugin.folder(
                folder.resolve("decided"), "decided", "1.0.0", "{\"network\": [\"api.example.com:443\"]}");

        Outcome outcome = freshTerminal().withPersonTyping("").run("install", plugin.toString(), "--yes");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).doesNotContain("Go on?");
    }

    @Test
    void doesNotAskAPersonAboutAPluginThatWantsNothing() throws Exception {
        Path plugin = TestPlugin.folder(folder, "modest", "1.0.0");

        Outcome outcome = freshTerminal().withPersonTyping("").run("install", plugin.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).doesNotContain("Go on?");
    }

    @Test
    void changesNothingWhenTheSameIsInstalledAgain() throws Exception {
        Path plugin = TestPlugin.folder(folder, "twice", "1.0.0");
        terminal.run("install", plugin.toString());

        assertThat(terminal.run("install", plugin.toString()).out()).startsWith("nothing to change");
    }

    @Test
    void refusesWhatIsNeitherFolderNorArchiveNorName() {
        Outcome outcome = terminal.run("install", "./nothing-there.zip");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("there is no " + folder.resolve("nothing-there.zip"), "list --catalog");
    }

    @Test
    void refusesAFolderWithoutManifest() throws Exception {
        Files.createDirectories(folder.resolve("some.folder"));

        Outcome outcome = terminal.run("install", "some.folder");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no plugin in", "manifest.json", "mortise new");
    }

    @Test
    void passesOverAFolderThatIsNoPluginWhenTheCatalogHasTheName() throws Exception {
        TestPlugin.folder(catalog.resolve("ambiguous"), "ambiguous", "1.0.0", "{}");
        Files.createDirectories(folder.resolve("ambiguous"));

        assertThat(terminal.run("install", "ambiguous").exitCode()).isZero();
    }

    @Test
    void refusesAnArchiveThatIsNone() throws Exception {
        Files.writeString(folder.resolve("text.zip"), "no archive");

        Outcome outcome = terminal.run("install", "text.zip");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("mortise:");
    }

    @Test
    void refusesAnAddressThatIsPrivate() {
        Outcome outcome = terminal.run("install", "https://127.0.0.1:1/x.zip");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("url_refused");
    }

    @Test
    void refusesConfigurationThatIsNoObject() throws Exception {
        Path plugin = TestPlugin.folder(folder, "misconfigured", "1.0.0");

        assertThat(terminal.run("install", plugin.toString(), "--config", "[1]").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("install", plugin.toString(), "--config", "{").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("install", plugin.toString(), "--config", "@nowhere")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void upgradesToAnotherVersionOfTheSamePlugin() throws Exception {
        terminal.run("install", TestPlugin.folder(folder, "growing", "1.0.0").toString());

        Outcome outcome = terminal.run(
                "upgrade",
                "growing",
                TestPlugin.folder(folder, "growing", "2.0.0").toString());

        assertThat(outcome.out()).contains("growing 1.0.0 → 2.0.0", "growing 2.0.0 is active");
    }

    @Test
    void upgradesFromTheCatalogByDefault() throws Exception {
        terminal.run("install", TestPlugin.folder(folder, "stocked", "1.0.0").toString());
        TestPlugin.folder(catalog.resolve("stocked"), "stocked", "3.0.0", "{}");

        assertThat(terminal.run("upgrade", "stocked").out()).contains("stocked 3.0.0 is active");
    }

    @Test
    void refusesToUpgradeToAnotherPlugin() throws Exception {
        terminal.run("install", TestPlugin.folder(folder, "one", "1.0.0").toString());

        Outcome outcome = terminal.run(
                "upgrade", "one", TestPlugin.folder(folder, "another", "2.0.0").toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(terminal.run("show", "one").out()).startsWith("one 1.0.0 is active");
    }

    private Path packed(String id, String version) throws IOException {
        Path plugin = TestPlugin.folder(folder, id, version);
        Path archive = folder.resolve(id + "-packed.zip");
        assertThat(terminal.run("pack", plugin.toString(), "-o", archive.toString())
                        .exitCode())
                .isZero();
        return archive;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
