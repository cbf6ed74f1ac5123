package dev.mortise.cli.observe;

import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what plugins have logged. */
@Command(name = "logs", description = "Show the latest log lines of one plugin, or of all.")
public final class LogsCommand extends HostCommand {

    @Nullable
    @Parameters(paramLabel = "ID", arity = "0..1", description = "Only of this plugin.")
    private String id;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int limit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing them as they come, one JSON value a line with --json.")
    private boolean follow;

    public LogsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) throws IOException {
        EventStream stream = new EventStream(host, output).only("kind", "log").only("source", id);
        if (follow) {
            stream.follow(limit);
        } else {
            stream.recent(limit);
        }
    }
}
