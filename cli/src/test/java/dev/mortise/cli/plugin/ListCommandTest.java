package dev.mortise.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.CommandTest;
import dev.mortise.cli.harness.TestPlugin;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ListCommandTest extends CommandTest {

    @Test
    @Order(1)
    void saysWhatToDoWhenThereIsNothing() {
        assertThat(terminal.run("list").out()).contains("no plugins yet", "mortise list --catalog");
        assertThat(terminal.run("list", "--catalog").out()).contains("the catalog is empty");
        assertThat(terminal.run("functions").out()).contains("no active plugin has a function");
    }

    @Test
    @Order(2)
    void listsPluginsInAlignedColumns() throws Exception {
        terminal.run("install", TestPlugin.folder(folder, "ab", "1.0.0").toString());
        terminal.run(
                "install", TestPlugin.folder(folder, "a-longer-name", "10.0.0").toString());

        assertThat(terminal.run("list").out()).isEqualTo("""
                PLUGIN         VERSION  STATUS  RUNTIME  DESCRIPTION
                a-longer-name  10.0.0   active  jvm      Greets in tests
                ab             1.0.0    active  jvm      Greets in tests
                """);
    }

    @Test
    @Order(3)
    void printsTheHostsOwnJson() {
        assertThat(terminal.run("list", "--json").json().array("plugins")).isPresent();
    }

    @Test
    @Order(3)
    void coloursOnlyForAPersonAtATerminalWhoLikesIt() {
        String escape = "\u001b[";

        assertThat(terminal.run("list").out()).doesNotContain(escape);
        assertThat(freshTerminal()
                        .withPersonTyping("")
                        .with("TERM", "xterm")
                        .run("list")
                        .out())
                .contains(escape);
        assertThat(freshTerminal()
                        .withPersonTyping("")
                        .with("TERM", "xterm")
                        .with("NO_COLOR", "1")
                        .run("list")
                        .out())
                .doesNotContain(escape);
    }
}
