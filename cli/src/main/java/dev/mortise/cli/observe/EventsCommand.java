package dev.mortise.cli.observe;

import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what happens in the host. */
@Command(name = "events", description = "Show the latest events of the host and its plugins.")
public final class EventsCommand extends HostCommand {

    @Nullable
    @Option(names = "--kind", paramLabel = "KIND", description = "Only lifecycle, plugin or log.")
    private String kind;

    @Nullable
    @Option(names = "--source", paramLabel = "ID", description = "Only of this plugin, or of mortise.")
    private String source;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int limit;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on showing them as they happen, one JSON value a line with --json.")
    private boolean follow;

    public EventsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) throws IOException {
        EventStream stream = new EventStream(host, output).only("kind", kind).only("source", source);
        if (follow) {
            stream.follow(limit);
        } else {
            stream.recent(limit);
        }
    }
}
