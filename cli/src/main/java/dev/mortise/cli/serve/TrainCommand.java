package dev.mortise.cli.serve;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.DataDirectory;
import dev.mortise.gateway.GatewaySettings;
import dev.mortise.host.HostSettings;
import dev.mortise.server.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import java.util.logging.Level;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Does once, in a temporary directory, what hosts and commands do at their start. The JVM is told by the launcher to
 * remember how that went; with what it remembers, later starts take a fraction of the time.
 */
@Command(name = "train", hidden = true, description = "Exercise a host, for the launcher's start cache.")
public final class TrainCommand implements Callable<Integer> {

    private static final List<List<String>> EXERCISES = List.of(
            List.of("status"),
            List.of("list"),
            List.of("list", "--json"),
            List.of("functions"),
            List.of("show", "hello-world"),
            List.of("install", "hello-world"),
            List.of("reload", "hello-world"),
            List.of("disable", "demo"),
            List.of("enable", "demo"),
            List.of("rollback"),
            List.of("invoke", "hello_world", "name=training"),
            List.of("invoke", "demo.ping"),
            List.of("config", "get", "host-probe"),
            List.of("generations"),
            List.of("events"),
            List.of("trace"),
            List.of("audit"),
            List.of("token", "list"),
            List.of("doctor"),
            List.of("--help"));

    private final Shell shell;
    private final ToIntBiFunction<Shell, List<String>> commands;

    /** @param commands runs a command line in a shell and tells its exit code */
    public TrainCommand(Shell shell, ToIntBiFunction<Shell, List<String>> commands) {
        this.shell = shell;
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("mortise-train-");
        try {
            train(folder);
            return ExitCode.DONE;
        } finally {
            delete(folder);
        }
    }

    private void train(Path folder) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        LogLines.configure(out, shell.zone(), Level.INFO);
        ServeSettings settings = new ServeSettings(
                new DataDirectory(folder.resolve("data")),
                shell.nativeLibraries(),
                shell.distribution().map(home -> home.resolve("catalog")).filter(Files::isDirectory),
                ServerSettings.on("127.0.0.1", 0),
                HostSettings.DEFAULT,
                GatewaySettings.DEFAULT,
                false,
                true);
        Shell inner = new Shell(
                Map.of("MORTISE_DATA", settings.data().path().toString()),
                folder,
                InputStream.nullInputStream(),
                out,
                out,
                false,
                Optional.empty(),
                shell.zone());
        // Twice, since a start that finds a database is not the same as the first one.
        for (int round = 0; round < 2; round++) {
            try (ServedHost _ = ServedHost.start(settings)) {
                for (List<String> exercise : EXERCISES) {
                    if (commands.applyAsInt(inner, exercise) == ExitCode.WRONG_USAGE) {
                        throw CommandFailure.of("the exercise " + exercise + " is no command: "
                                + said.toString(StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
