package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the last calls, and the last requests through rings. */
@Command(
        name = "trace",
        description = "Show the last calls and the last requests through rings, of one plugin or of all.")
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
        List<JsonObject> requests = Fields.objects(answer, "requests");
        if (!table.isEmpty()) {
            output.table(table);
        } else if (requests.isEmpty()) {
            output.line("no calls yet");
        }
        for (JsonObject request : requests) {
            output.line("");
            request(request, output);
        }
    }

    private static void request(JsonObject request, Output output) {
        output.line(output.time(Fields.text(request, "at")) + " request " + Fields.text(request, "trace_id") + " by "
                + Fields.text(request, "caller") + " in generation " + Fields.text(request, "generation") + ": "
                + Fields.text(request, "outcome") + ", " + Fields.text(request, "total_ms") + " ms" + marks(request));
        for (JsonObject ring : Fields.objects(request, "rings")) {
            output.line("  " + Fields.text(ring, "ring") + " " + Fields.text(ring, "duration_ms") + " ms");
            for (JsonObject hook : Fields.objects(ring, "hooks")) {
                output.line("    " + Fields.text(hook, "plugin") + " " + Fields.text(hook, "duration_ms") + " ms "
                        + Fields.text(hook, "outcome"));
            }
        }
    }

    private static String marks(JsonObject request) {
        StringBuilder text = new StringBuilder();
        request.object("marks")
                .orElse(JsonObject.EMPTY)
                .members()
                .forEach((name, value) -> text.append(", ")
                        .append(name.replaceFirst("_ms$", ""))
                        .append(' ')
                        .append(Fields.text(value))
                        .append(" ms"));
        return text.toString();
    }
}
