package dev.mortise.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestTerminal;
import dev.mortise.cli.harness.TestTerminal.Outcome;
import org.junit.jupiter.api.Test;

class TokenCommandsTest extends CommandTest {

    @Test
    void makesATokenWhoseSecretWorks() {
        Outcome outcome = terminal.run("token", "create", "watcher", "--role", "viewer");

        String secret = outcome.out().strip();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("it is not shown again");
        assertThat(remote(secret).run("status").exitCode()).isZero();
        assertThat(terminal.run("token", "list").out())
                .containsPattern("watcher +viewer")
                .doesNotContain(secret);
    }

    @Test
    void refusesWhatTheRoleDoesNotAllow() {
        String secret = terminal.run("token", "create", "onlooker", "--role", "VIEWER")
                .out()
                .strip();

        Outcome outcome = remote(secret).run("disable", "anything");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("permission_denied", "a greater role")
                .doesNotContain(secret);
    }

    @Test
    void revokesAToken() {
        String secret =
                terminal.run("token", "create", "gone", "--role", "admin").out().strip();

        assertThat(terminal.run("token", "revoke", "gone").out()).contains("'gone' is revoked");

        Outcome outcome = remote(secret).run("status");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("MORTISE_TOKEN").doesNotContain(secret);
    }

    @Test
    void saysWhatIsMissingWithoutAToken() {
        Outcome outcome =
                new TestTerminal(folder).with("MORTISE_URL", host.url()).run("list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("unauthenticated", "set MORTISE_TOKEN");
    }

    @Test
    void refusesARoleThatThereIsNot() {
        Outcome outcome = terminal.run("token", "create", "somebody", "--role", "emperor");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--role", "emperor");
        assertThat(terminal.run("token").exitCode()).isEqualTo(2);
    }

    @Test
    void refusesToRevokeWhatIsNotThere() {
        assertThat(terminal.run("token", "revoke", "nobody").exitCode()).isEqualTo(1);
    }

    private TestTerminal remote(String secret) {
        return new TestTerminal(folder).with("MORTISE_URL", host.url()).with("MORTISE_TOKEN", secret);
    }
}
