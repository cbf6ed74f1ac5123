package dev.mortise.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCommandsTest extends CommandTest {

    @Test
    void disablesAndEnables() throws Exception {
        install("switched");

        assertThat(terminal.run("disable", "switched").out()).contains("switched 1.0.0 is disabled");
        assertThat(terminal.run("invoke", "switched_greet").exitCode()).isEqualTo(1);
        assertThat(terminal.run("enable", "switched").out()).contains("switched 1.0.0 is active");
        assertThat(terminal.run("invoke", "switched_greet").exitCode()).isZero();
    }

    @Test
    void uninstalls() throws Exception {
        install("leaving");

        assertThat(terminal.run("uninstall", "leaving").exitCode()).isZero();
        assertThat(terminal.run("list").out()).doesNotContain("leaving");
    }

    @Test
    void asksAPersonBeforeDataIsDeleted() throws Exception {
        install("cherished");

        Outcome declined = freshTerminal().withPersonTyping("no\n").run("uninstall", "cherished", "--purge");

        assertThat(declined.err()).contains("Delete the state and files of cherished too?");
        assertThat(terminal.run("show", "cherished").exitCode()).isZero();
        assertThat(freshTerminal()
                        .withPersonTyping("")
                        .run("uninstall", "cherished", "--purge", "-y")
                        .exitCode())
                .isZero();
        assertThat(terminal.run("list").out()).doesNotContain("cherished");
    }

    @Test
    void hotSwapsWhatHasChangedAtItsSource() throws Exception {
        Path changed = install("swapped");
        install("unswapped");
        TestPlugin.folder(changed, "swapped", "1.2.0", "{}");

        Outcome outcome = terminal.run("hot-swap");

        assertThat(outcome.out()).contains("swapped 1.0.0 → 1.2.0").doesNotContain("replace unswapped");
    }

    @Test
    void rollsBackToTheGenerationBefore() throws Exception {
        Path plugin = install("returning");
        TestPlugin.folder(plugin, "returning", "2.0.0", "{}");
        terminal.run("reload", "returning");

        Outcome outcome = terminal.run("rollback");

        assertThat(outcome.out()).contains("returning 1.0.0 is active");
        assertThat(terminal.run("invoke", "returning_greet").out()).contains("from 1.0.0");
    }

    @Test
    void rollsBackToAGenerationByItsNumber() throws Exception {
        install("numbered");
        long before =
                terminal.run("generations", "--json").json().integer("current").orElseThrow();
        terminal.run("disable", "numbered");
        terminal.run("enable", "numbered");
        terminal.run("disable", "numbered");

        Outcome outcome = terminal.run("rollback", Long.toString(before));

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("show", "numbered").out()).startsWith("numbered 1.0.0 is active");
    }

    @Test
    void refusesToRollBackToAGenerationThatIsNotKept() {
        Outcome outcome = terminal.run("rollback", "987654");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("987654", "generation_not_found");
    }

    @Test
    void showsWhoMadeWhichGenerationAndWhy() throws Exception {
        install("historic");

        Outcome outcome = terminal.run("generations");

        assertThat(outcome.out())
                .contains("GENERATION", "live")
                .containsPattern("admin +http +install historic +historic 1\\.0\\.0");
    }

    @Test
    void showsWhatIsInOneGeneration() throws Exception {
        install("inside");
        long current =
                terminal.run("generations", "--json").json().integer("current").orElseThrow();

        assertThat(terminal.run("generations", Long.toString(current)).out())
                .containsPattern("inside +1\\.0\\.0 +yes +sha256:[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable", "disable", "reload", "uninstall", "show", "upgrade"})
    void refusesAPluginThatIsNotThere(String command) {
        Outcome outcome = terminal.run(command, "never-heard-of");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("mortise: ").contains("never-heard-of", "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "reload", "uninstall"})
    void onlyPlansWhenAskedTo(String command) throws Exception {
        install("contemplated");

        Outcome planned = terminal.run("plan", command, "contemplated");

        assertThat(planned.exitCode()).isZero();
        assertThat(planned.out()).contains("ACTION", "contemplated");
        assertThat(terminal.run(command, "contemplated", "--plan").out()).isEqualTo(planned.out());
        assertThat(terminal.run("show", "contemplated").out()).startsWith("contemplated 1.0.0 is active");
    }

    @Test
    void plansAsJson() throws Exception {
        install("machine-planned");

        JsonObject plan =
                terminal.run("plan", "disable", "machine-planned", "--json").json();

        assertThat(plan.array("steps")).isPresent();
        assertThat(plan.integer("base")).isPresent();
    }

    @Test
    void refusesToPlanWhatIsNoChange() {
        Outcome outcome = terminal.run("plan", "list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("'list' is no change", "install");
    }

    @Test
    void setsAndShowsConfiguration() throws Exception {
        install("tuned");

        assertThat(terminal.run("config", "get", "tuned", "word").out()).isEqualTo("Hello\n");
        assertThat(terminal.run("config", "set", "tuned", "word=Moin").exitCode())
                .isZero();
        assertThat(terminal.run("config", "get", "tuned").out()).contains("\"word\": \"Moin\"");
        assertThat(terminal.run("invoke", "tuned_greet").out()).contains("Moin, world");
    }

    @Test
    void goesBackToADefault() throws Exception {
        install("untuned");
        terminal.run("config", "set", "untuned", "word=Moin");

        assertThat(terminal.run("config", "set", "untuned", "--unset", "word").exitCode())
                .isZero();
        assertThat(terminal.run("config", "get", "untuned", "word").out()).isEqualTo("Hello\n");
    }

    @Test
    void replacesAllValuesAtOnce() throws Exception {
        install("retuned");

        Outcome outcome =
                freshTerminal().withInput("{\"word\": \"Grüezi\"}").run("config", "set", "retuned", "--values", "-");

        assertThat(outcome.exitCode()).isZero();
        assertThat(terminal.run("config", "get", "retuned", "word").out()).isEqualTo("Grüezi\n");
    }

    @Test
    void refusesConfigurationCommandsThatSayNothing() throws Exception {
        install("quiet");

        assertThat(terminal.run("config", "set", "quiet").exitCode()).isEqualTo(2);
        assertThat(terminal.run("config", "set", "quiet", "word").exitCode()).isEqualTo(2);
        assertThat(terminal.run("config", "set", "quiet", "=x").exitCode()).isEqualTo(2);
        assertThat(terminal.run("config").exitCode()).isEqualTo(2);
    }

    @Test
    void namesTheKeysWhenOneIsAskedForThatIsNotThere() throws Exception {
        install("keyed");

        Outcome outcome = terminal.run("config", "get", "keyed", "wrod");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("has no 'wrod'", "word");
    }

    private Path install(String id) throws IOException {
        Path plugin = TestPlugin.folder(folder.resolve(id), id, "1.0.0", "{}");
        Outcome outcome = terminal.run("install", plugin.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return plugin;
    }
}
