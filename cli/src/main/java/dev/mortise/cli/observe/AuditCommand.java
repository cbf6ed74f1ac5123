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

/** Shows who changed what, or tried to. */
@Command(name = "audit", description = "Show who changed what, or tried to; the newest first.")
public final class AuditCommand extends HostCommand {

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).",
            defaultValue = "50")
    private int limit;

    @Nullable
    @Option(names = "--before", paramLabel = "NUMBER", description = "Only entries before this one, for paging.")
    private Long before;

    public AuditCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        String query = "?limit=" + limit + (before == null ? "" : "&before=" + before);
        output.show(host.get("/api/v1/audit" + query), answer -> entries(answer, output));
    }

    private static void entries(JsonObject answer, Output output) {
        Table table = Table.of("number", "at", "by", "via", "action", "subject", "outcome", "detail");
        for (JsonObject entry : Fields.objects(answer, "entries")) {
            table.row(
                    Fields.text(entry, "number"),
                    output.time(Fields.text(entry, "at")),
                    Fields.text(entry, "actor"),
                    Fields.text(entry, "via"),
                    Fields.text(entry, "action"),
                    Fields.text(entry, "subject"),
                    Fields.text(entry, "outcome"),
                    Fields.text(entry, "detail"));
        }
        if (table.isEmpty()) {
            output.line("nothing has been changed yet");
        } else {
            output.table(table);
        }
    }
}
