package dev.mortise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private static final List<String> COMMANDS = List.of(
            "serve",
            "new",
            "dev",
            "validate",
            "pack",
            "install",
            "upgrade",
            "uninstall",
            "list",
            "show",
            "enable",
            "disable",
            "reload",
            "hot-swap",
            "config",
            "place",
            "generations",
            "rollback",
            "plan",
            "functions",
            "rings",
            "services",
            "invoke",
            "events",
            "logs",
            "trace",
            "status",
            "audit",
            "token",
            "doctor",
            "completion");

    @TempDir
    Path folder;

    @Test
    void namesEveryCommandInItsHelp() {
        Outcome outcome = terminal().run("--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().map(line -> line.strip().split(" ")[0]))
                .containsAll(COMMANDS);
        assertThat(outcome.out()).doesNotContain("train");
    }

    static Stream<String> commands() {
        return COMMANDS.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasHelpForEveryCommand(String command) {
        Outcome outcome = terminal().run(command, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Usage: mortise " + command);
    }

    @Test
    void tellsItsVersion() {
        assertThat(terminal().run("--version").out()).startsWith("Mortise ").contains("Java 25");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lsit",
                "--nonsense",
                "list --nonsense",
                "list superfluous",
                "install",
                "show",
                "rollback x",
                "events --limit many",
                "serve --listen here",
                "serve --listen 127.0.0.1:70000",
                "serve --tls-cert x",
                "serve --log loud",
                "completion fish",
                "new",
                "new Wrong_Name",
                "new x-y --package 1.2",
                "place",
                "place a-b",
                "place a-b ring --priority first",
                "place a-b ring --fail-policy ajar",
                "plan"
            })
    void exitsWithTwoWhenUsedWrongly(String line) {
        Outcome outcome = terminal().run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("mortise: ");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(terminal().run("instal", "x").err()).contains("did you mean", "install");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install hello-world",
                "upgrade a-b",
                "uninstall a-b",
                "list",
                "show a-b",
                "enable a-b",
                "disable a-b",
                "reload a-b",
                "hot-swap",
                "config get a-b",
                "config set a-b k=v",
                "generations",
                "rollback",
                "plan disable a-b",
                "place a-b ring --priority 1",
                "plan place a-b ring --reset",
                "rings",
                "rings ingress",
                "services",
                "functions",
                "invoke f",
                "events",
                "logs",
                "trace",
                "status",
                "audit",
                "token list",
                "token create x --role viewer",
                "token revoke x",
                "dev ."
            })
    void saysHowToStartAHostWhenNoneIsRunning(String line) {
        Outcome outcome = terminal().run((line + " --data none").split(" "));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .isEqualTo("mortise: no host is running for " + folder.resolve("none")
                        + "; start one with: mortise serve --data " + folder.resolve("none") + "\n");
    }

    @Test
    void noticesThatTheHostOfAFileIsGone() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path data = Files.createDirectories(folder.resolve("crashed"));
        Files.writeString(
                data.resolve("host.json"),
                "{\"url\":\"http://127.0.0.1:1\",\"pid\":" + dead.pid() + ",\"version\":\"0\"}");

        Outcome outcome = terminal().run("list", "--data", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no host is running for " + data);
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        Path data = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(data.resolve("host.json"), "{\"url\":");

        Outcome outcome = terminal().run("list", "--data", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(data.resolve("host.json").toString());
    }

    @Test
    void looksInTheDirectoryOfTheXdgConvention() {
        assertThat(terminal()
                        .with("XDG_DATA_HOME", folder.resolve("xdg").toString())
                        .run("list")
                        .err())
                .contains(folder.resolve("xdg/mortise").toString());
        assertThat(terminal().run("list").err())
                .contains(folder.resolve(".local/share/mortise").toString());
        assertThat(terminal().with("MORTISE_DATA", "mine").run("list").err())
                .contains(folder.resolve("mine").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "ftp://example.org", "example.org:8090", "http:///"})
    void refusesAnAddressThatIsNone(String url) {
        Outcome outcome = terminal().with("MORTISE_URL", url).run("list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("MORTISE_URL is '" + url + "'");
    }

    @Test
    void saysThatNobodyAnswersAtTheAddress() {
        Outcome outcome = terminal().with("MORTISE_URL", "http://127.0.0.1:1").run("list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no host answers at http://127.0.0.1:1");
    }

    @Test
    void printsACompletionScriptThatBashUnderstands() throws Exception {
        Outcome outcome = terminal().run("completion", "bash");
        Path script = Files.writeString(folder.resolve("completion.sh"), outcome.out());

        Process bash = new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p mortise").start();

        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(outcome.out()).contains("hot-swap", "--require-digest").doesNotContain("train");
    }

    private TestTerminal terminal() {
        return new TestTerminal(folder);
    }
}
