package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import picocli.CommandLine.Command;

/** Shows how the host is. */
@Command(name = "status", description = "Show how the host is.")
public final class StatusCommand extends HostCommand {

    public StatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        output.show(host.get("/api/v1/status"), status -> {
            output.line("Mortise " + Fields.text(status, "version") + " at "
                    + host.address().url() + " is " + Fields.text(status, "phase"));
            output.line("since        " + output.time(Fields.text(status, "started_at")));
            output.line("generation   " + Fields.text(status, "generation"));
            output.line("plugins      " + plugins(status));
            output.line("calls        " + Fields.text(status, "in_flight") + " under way");
            output.line("runtimes     " + String.join(", ", Fields.texts(status, "runtimes")));
            if (status.integer("leaked").orElse(0) > 0) {
                output.line("leaked       " + Fields.text(status, "leaked")
                        + " stopped instances are still in memory; `mortise show ID` tells why");
            }
        });
    }

    private static String plugins(JsonObject status) {
        return Fields.text(status, "active") + " active, " + Fields.text(status, "disabled") + " disabled, "
                + Fields.text(status, "failed") + " failed";
    }
}
