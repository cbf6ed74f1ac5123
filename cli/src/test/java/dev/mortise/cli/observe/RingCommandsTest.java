package dev.mortise.cli.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.harness.TestPlugin;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Role;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for rings and services, against a host that an embedder has given rings and a contract. */
class RingCommandsTest {

    @TempDir
    Path folder;

    private Mortise host;
    private MortiseServer server;
    private TestTerminal terminal;

    @BeforeEach
    void start() throws IOException {
        host = Mortise.builder()
                .ring(RingDefinition.before("door", FailPolicy.CLOSED, "who comes in"))
                .ring(RingDefinition.before("hall", FailPolicy.OPEN, "where they go"))
                .contract(new ServiceContract<>("clerk", Runnable.class))
                .start();
        server = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0));
        String secret =
                host.tokens().issue("admin", Role.ADMIN, Actor.HOST).orThrow().secret();
        terminal = new TestTerminal(folder)
                .with("MORTISE_URL", server.url().toString())
                .with("MORTISE_TOKEN", secret);
        hook("alpha", 10, "return dev.mortise.api.Decision.passthrough();");
        hook("beta", 20, "throw new IllegalStateException();");
    }

    @AfterEach
    void stop() {
        server.close();
        host.close();
    }

    @Test
    void showsRingsWithTheirHooksInOrder() {
        pass();

        Outcome outcome = terminal.run("rings");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains("door: who comes in; a failing hook blocks; 1 runs, p99 ", "hall: where they go", "no hooks")
                .containsPattern(
                        "POSITION +PLUGIN +PRIORITY +POLICY +TIMEOUT MS +CALLS +P99 US +BLOCKS +BYPASSED +THREAD +BREAKER +WHY")
                .containsPattern("1 +alpha +10 +closed +5000 +1 .*request +closed +priority 10")
                .containsPattern("2 +beta +20 +open +5000 +1 .* 0 +1 +request +closed +priority 20");
        assertThat(terminal.run("rings", "hall").out()).contains("no hooks").doesNotContain("door");
        assertThat(terminal.run("rings", "door", "--json").json().text("ring")).contains("door");
        assertThat(terminal.run("rings", "--json")
                        .json()
                        .array("rings")
                        .orElseThrow()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void refusesARingThatTheHostLacks() {
        Outcome outcome = terminal.run("rings", "cellar");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("'cellar'", "door, hall");
    }

    @Test
    void placesAHookAndKeepsWhatIsNotNamed() {
        Outcome plan = terminal.run("place", "alpha", "door", "--priority", "30", "--plan");
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out())
                .containsPattern("move +alpha")
                .contains(
                        "ring door:",
                        "  1. beta (priority 20)",
                        "  2. alpha (priority 30, set by the operator instead of 10)");
        assertThat(terminal.run("plan", "place", "alpha", "door", "--priority", "30")
                        .out())
                .isEqualTo(plan.out());
        assertThat(terminal.run("rings", "door").out()).containsPattern("1 +alpha");

        assertThat(terminal.run("place", "alpha", "door", "--priority", "30").out())
                .contains("  2. alpha", "generation 3 is live");
        terminal.run("place", "alpha", "door", "--fail-policy", "open");
        assertThat(terminal.run("rings", "door").out()).containsPattern("2 +alpha +30 +open");
        assertThat(terminal.run("show", "alpha").out())
                .containsPattern("door +test.alpha.Main +30 +operator +open +operator");

        assertThat(terminal.run("place", "alpha", "door", "--reset").exitCode()).isZero();
        assertThat(terminal.run("rings", "door").out()).containsPattern("1 +alpha +10 +closed");
        assertThat(terminal.run("place", "alpha", "door", "--reset").out()).contains("nothing to change");
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThat(terminal.run("place", "alpha", "hall", "--priority", "1").err())
                .contains("has no place in 'hall'");
        assertThat(terminal.run("place", "nobody", "door", "--reset").exitCode())
                .isEqualTo(1);
        assertThat(terminal.run("place", "alpha", "door").exitCode()).isEqualTo(2);
        assertThat(terminal.run("place", "alpha", "door", "--reset", "--priority", "1")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void showsRequestsWithTheirRingsAndHooks() {
        pass();

        Outcome outcome = terminal.run("trace");

        assertThat(outcome.out())
                .containsPattern("request [0-9a-f]{32} by embedder in generation 2: proceed, [0-9.]+ ms, upstream 7 ms")
                .containsPattern(
                        "  door [0-9.]+ ms\\n    alpha [0-9.]+ ms passthrough\\n    beta [0-9.]+ ms plugin_fault");
        assertThat(terminal.run("trace", "nobody").out()).contains("no calls yet");
    }

    @Test
    void showsServices() throws IOException {
        assertThat(terminal.run("services").out()).contains("no active plugin implements a service");
        install(
                "gamma",
                "package test.gamma; public class Main implements dev.mortise.api.Plugin, Runnable { public void run() {} }",
                "\"services\": [\"clerk\"]");

        assertThat(terminal.run("services").out()).containsPattern("clerk +gamma +1.0.0 +100 +yes +java.lang.Runnable");
        assertThat(terminal.run("services", "--json").json().has("services")).isTrue();
        assertThat(terminal.run("place", "gamma", "service:clerk", "--priority", "5")
                        .exitCode())
                .isZero();
        assertThat(terminal.run("show", "gamma").out()).contains("clerk, priority 5, preferred");
    }

    private void pass() {
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            pass.run("door");
            pass.took("upstream", Duration.ofMillis(7));
        }
    }

    private void hook(String id, int priority, String body) throws IOException {
        install(id, """
                package test.%s;
                public class Main implements dev.mortise.api.Hook {
                    public dev.mortise.api.Decision execute(dev.mortise.api.HookContext context) { %s }
                }
                """.formatted(id, body), """
                "hooks": [{"on": "door", "priority": %d, "timeout_ms": 5000, "fail_policy": "%s"}]
                """.formatted(priority, id.equals("beta") ? "open" : "closed"));
    }

    private void install(String id, String source, String manifest) throws IOException {
        Path plugin = TestPlugin.compiled(folder.resolve(id), id, source, manifest);
        host.plugins().apply(Change.install(plugin), Actor.EMBEDDER).orThrow();
    }
}
