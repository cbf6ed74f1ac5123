package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import picocli.CommandLine.Command;

/** Shows who implements which service. */
@Command(name = "services", description = "Show who implements which service, the preferred first.")
public final class ServicesCommand extends HostCommand {

    public ServicesCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        output.show(host.get("/api/v1/services"), answer -> services(answer, output));
    }

    private static void services(JsonObject answer, Output output) {
        Table table = Table.of("service", "plugin", "version", "priority", "preferred", "type");
        for (JsonObject service : Fields.objects(answer, "services")) {
            table.row(
                    Fields.text(service, "contract"),
                    Fields.text(service, "plugin"),
                    Fields.text(service, "version"),
                    Fields.text(service, "priority"),
                    service.bool("preferred").orElse(false) ? "yes" : "no",
                    Fields.text(service, "type"));
        }
        if (table.isEmpty()) {
            output.line("no active plugin implements a service");
        } else {
            output.table(table);
        }
    }
}
