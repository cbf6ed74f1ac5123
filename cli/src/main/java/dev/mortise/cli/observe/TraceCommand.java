package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the last calls. */
@Command(name = "trace", description = "Show the last calls of one plugin, or of all.")
public final class TraceCommand extends HostCommand {

    @Nullable
    @Parameters(paramLabel = "ID", arity = "0..1", description = "Only of this plugin.")
    private String id;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit;

    public TraceCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        String query = "?limit=" + limit + (id == null ? "" : "&plugin=" + HostClient.encode(id));
        output.show(host.get("/api/v1/traces" + query), answer -> traces(answer, output));
    }

    private static void traces(JsonObject answer, Output output) {
        Table table = Table.of("at", "plugin", "contribution", "generation", "caller", "ms", "outcome", "message");
        for (JsonObject trace : Fields.objects(answer, "traces")) {
            table.row(
                    output.time(Fields.text(trace, "at")),
                    Fields.text(trace, "plugin"),
                    Fields.text(trace, "contribution"),
                    Fields.text(trace, "generation"),
                    Fields.text(trace, "caller"),
                    Fields.text(trace, "duration_ms"),
                    Fields.text(trace, "outcome"),
                    Fields.text(trace, "message"));
        }
        if (table.isEmpty()) {
            output.line("no calls yet");
        } else {
            output.table(table);
        }
    }
}
