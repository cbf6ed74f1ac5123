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
import picocli.CommandLine.Parameters;

/** Shows the rings, and who takes part in them in which order. */
@Command(name = "rings", description = "Show the rings with their hooks, in the order in which they run, and why.")
public final class RingsCommand extends HostCommand {

    @Nullable
    @Parameters(paramLabel = "RING", arity = "0..1", description = "Only this one.")
    private String ring;

    public RingsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        if (ring == null) {
            output.show(host.get("/api/v1/rings"), answer -> rings(Fields.objects(answer, "rings"), output));
        } else {
            output.show(host.get("/api/v1/rings/" + HostClient.encode(ring)), one -> rings(List.of(one), output));
        }
    }

    private static void rings(List<JsonObject> rings, Output output) {
        if (rings.isEmpty()) {
            output.line("this host has no rings");
        }
        for (JsonObject ring : rings) {
            if (ring != rings.getFirst()) {
                output.line("");
            }
            ring(ring, output);
        }
    }

    private static void ring(JsonObject ring, Output output) {
        output.line(Fields.text(ring, "ring") + ": " + Fields.text(ring, "description") + "; a failing hook "
                + (Fields.text(ring, "fail_policy").equals("closed") ? "blocks" : "is passed over") + "; "
                + Fields.text(ring, "runs") + " runs, p99 " + Fields.text(ring, "p99") + " us" + dropped(ring));
        Table table = Table.of(
                "position",
                "plugin",
                "priority",
                "policy",
                "timeout ms",
                "calls",
                "p99 us",
                "blocks",
                "bypassed",
                "thread",
                "breaker",
                "why");
        List<JsonObject> hooks = Fields.objects(ring, "hooks");
        for (int i = 0; i < hooks.size(); i++) {
            JsonObject hook = hooks.get(i);
            table.row(
                    i + 1,
                    Fields.text(hook, "plugin"),
                    Fields.text(hook, "priority"),
                    Fields.text(hook, "fail_policy"),
                    Fields.text(hook, "timeout_ms"),
                    Fields.text(hook, "calls"),
                    Fields.text(hook, "p99"),
                    Fields.text(hook, "blocks"),
                    Fields.text(hook, "bypassed"),
                    Fields.text(hook, "runs_on"),
                    Fields.text(hook, "breaker"),
                    Fields.text(hook, "why"));
        }
        if (table.isEmpty()) {
            output.line("no hooks");
        } else {
            output.table(table);
        }
    }

    private static String dropped(JsonObject ring) {
        long dropped = ring.integer("dropped").orElse(0);
        return dropped == 0 ? "" : ", left out " + dropped + " times because too many were running";
    }
}
