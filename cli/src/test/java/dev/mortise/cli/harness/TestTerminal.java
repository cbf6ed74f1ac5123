package dev.mortise.cli.harness;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Main;
import dev.mortise.cli.Shell;
import dev.mortise.host.json.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs command lines in this process and remembers what they print. */
public final class TestTerminal {

    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> distribution = Optional.empty();
    private boolean terminal;
    private String input = "";

    public TestTerminal(Path directory) {
        this.directory = directory;
        environment.put("HOME", directory.toString());
    }

    /** What a command did. */
    public record Outcome(int exitCode, String out, String err) {

        public JsonObject json() {
            return JsonCodec.STANDARD.parseObject(out).orThrow();
        }
    }

    public TestTerminal with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestTerminal withDistribution(Path folder) {
        distribution = Optional.of(folder);
        return this;
    }

    /** Has a person sit in front of it, who types this. */
    public TestTerminal withPersonTyping(String text) {
        terminal = true;
        input = text;
        return this;
    }

    public TestTerminal withInput(String text) {
        input = text;
        return this;
    }

    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(shell(out, err), List.of(arguments));
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public Shell shell(ByteArrayOutputStream out, ByteArrayOutputStream err) {
        return new Shell(
                environment,
                directory,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                distribution,
                ZoneOffset.UTC);
    }
}
