package dev.mortise.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends CommandTest {

    @Test
    void findsAHostThatIsWell() {
        Outcome outcome = terminal.run("doctor");

        assertThat(outcome.exitCode()).as(outcome.out()).isZero();
        assertThat(outcome.out())
                .containsPattern("jdk +ok")
                .containsPattern("host +ok +" + host.url())
                .containsPattern("token +ok")
                .containsPattern("runtimes +ok +jvm")
                .containsPattern("sandbox of process +(ok|warn) +level [a-z]+, by ")
                .containsPattern("sandbox of process, system_calls +(ok|warn)")
                .containsPattern("disk space +ok");
    }

    @Test
    void saysHowToStartAHostWhereNoneRuns() {
        Outcome outcome = new TestTerminal(folder).run("doctor", "--data", "elsewhere");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).containsPattern("host +warn +none is running").contains("mortise serve");
    }

    @Test
    void failsWhenTheTokenIsRefused() {
        Outcome outcome = new TestTerminal(folder)
                .with("MORTISE_URL", host.url())
                .with("MORTISE_TOKEN", "wrong")
                .run("doctor");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("host +fail").doesNotContain("wrong");
    }

    @Test
    void failsWhenTheDataDirectoryCannotBe() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");

        Outcome outcome = new TestTerminal(folder).run("doctor", "--data", file.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).containsPattern("data directory +fail").contains("--data DIR");
    }

    @Test
    void warnsWhenThereIsNoMaven() {
        Outcome outcome = terminal.with("PATH", "/nowhere").run("doctor");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).containsPattern("maven +warn").contains("apt install maven");
    }

    @Test
    void reportsAsJson() {
        JsonObject report = terminal.run("doctor", "--json").json();

        assertThat(report.bool("ok")).contains(true);
        assertThat(report.array("checks").map(JsonArray::size).orElse(0)).isGreaterThan(5);
    }
}
