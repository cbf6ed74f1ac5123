package dev.mortise.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ObserveCommandsTest extends CommandTest {

    @BeforeAll
    void installAPlugin() throws IOException {
        Outcome outcome = freshTerminal()
                .run("install", TestPlugin.folder(folder, "greeter", "1.0.0").toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @Test
    void callsAFunctionAndPrintsTheBareResult() {
        Outcome outcome = terminal.run("invoke", "greeter_greet", "name=Ada");

        assertThat(outcome.out()).isEqualTo("\"Hello, Ada, from 1.0.0\"\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void takesParametersAsTheirSchemaSays() {
        assertThat(terminal.run("invoke", "greeter_greet", "name=42").out()).contains("Hello, 42,");
        assertThat(terminal.run("invoke", "greeter_add", "a=40", "b=2").out()).isEqualTo("42\n");
    }

    @Test
    void takesParametersAsJson() throws Exception {
        Files.writeString(folder.resolve("params.json"), "{\"name\": \"file\"}");

        assertThat(terminal.run("invoke", "greeter_greet", "--params", "{\"name\": \"line\"}")
                        .out())
                .contains("Hello, line,");
        assertThat(terminal.run("invoke", "greeter_greet", "--params", "@params.json")
                        .out())
                .contains("Hello, file,");
        assertThat(freshTerminal()
                        .withInput("{\"name\": \"input\"}")
                        .run("invoke", "greeter_greet", "--params", "-")
                        .out())
                .contains("Hello, input,");
    }

    @Test
    void callsByTheQualifiedName() {
        assertThat(terminal.run("invoke", "greeter.greeter_greet").exitCode()).isZero();
    }

    @Test
    void tellsWhoAnsweredWhenAsked() {
        Outcome outcome = terminal.run("invoke", "greeter_greet", "-v");

        assertThat(outcome.err()).containsPattern("greeter 1\\.0\\.0, generation \\d+, trace [0-9a-f]{32}");
        assertThat(outcome.out()).isEqualTo("\"Hello, world, from 1.0.0\"\n");
    }

    @Test
    void tellsWhyAFunctionFailed() {
        Outcome outcome = terminal.run("invoke", "greeter_fail");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("there are no words left");
    }

    @Test
    void tellsWhichParameterIsWrong() {
        Outcome outcome = terminal.run("invoke", "greeter_add", "a=1");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("b");
    }

    @Test
    void refusesAFunctionThatNobodyOffers() {
        Outcome outcome = terminal.run("invoke", "no_such_function");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no_such_function", "function_not_found");
    }

    @Test
    void refusesArgumentsThatAreMalformed() {
        assertThat(terminal.run("invoke", "greeter_greet", "Ada").exitCode()).isEqualTo(2);
        assertThat(terminal.run("invoke", "greeter_greet", "name:=Ada").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("invoke", "greeter_greet", "--params", "Ada").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("invoke", "greeter_greet", "--deadline", "soon").exitCode())
                .isEqualTo(2);
        assertThat(terminal.run("invoke").exitCode()).isEqualTo(2);
    }

    @Test
    void listsFunctionsWithTheirParameters() {
        assertThat(terminal.run("functions").out())
                .containsPattern("greeter_add +greeter +a b +Adds two numbers")
                .containsPattern("greeter_greet +greeter +\\[name] +Greets somebody");
    }

    @Test
    void showsOneFunctionWithItsSchemas() {
        assertThat(terminal.run("functions", "greeter_add").out()).contains("\"params\": {", "\"result\":");
    }

    @Test
    void showsTheLastCalls() {
        terminal.run("invoke", "greeter_add", "a=1", "b=1");

        assertThat(terminal.run("trace", "greeter", "--limit", "100").out()).contains("greeter_add", "admin");
    }

    @Test
    void showsWhatPluginsLog() {
        assertThat(terminal.run("logs", "greeter").out()).contains("greeter 1.0.0 is here");
        assertThat(terminal.run("logs", "nobody").out()).isEmpty();
    }

    @Test
    void showsEventsOfTheKindThatIsAskedFor() {
        assertThat(terminal.run("events", "--kind", "lifecycle").out())
                .contains("generation published")
                .doesNotContain("greeter 1.0.0 is here");
        assertThat(terminal.run("events", "--limit", "1").out().lines()).hasSize(1);
    }

    @Test
    void showsWhoChangedWhat() {
        assertThat(terminal.run("audit").out()).containsPattern("admin +http +install .*done");
        assertThat(terminal.run("audit", "--limit", "1", "--json")
                        .json()
                        .array("entries")
                        .orElseThrow()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void showsHowTheHostIs() {
        assertThat(terminal.run("status").out()).contains(host.url() + " is ready", "1 active", "jvm");
        assertThat(terminal.run("status", "--json").json().text("phase")).contains("ready");
    }
}
