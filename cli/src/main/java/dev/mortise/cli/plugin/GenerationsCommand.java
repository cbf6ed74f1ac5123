package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what was live when, and who made it so. */
@Command(name = "generations", description = "List the generations that are kept, or show what is in one.")
public final class GenerationsCommand extends HostCommand {

    @Nullable
    @Parameters(paramLabel = "GENERATION", arity = "0..1", description = "The number of one to show.")
    private Long number;

    public GenerationsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        if (number == null) {
            output.show(host.get("/api/v1/generations"), answer -> list(answer, output));
        } else {
            output.show(host.get("/api/v1/generations/" + number), answer -> plugins(answer, output));
        }
    }

    private static void list(JsonObject answer, Output output) {
        Table table = Table.of("generation", "", "at", "by", "via", "cause", "difference");
        for (JsonObject generation : Fields.objects(answer, "generations")) {
            table.row(
                    Fields.text(generation, "number"),
                    generation.bool("live").orElse(false) ? "live" : " ",
                    output.time(Fields.text(generation, "at")),
                    Fields.text(generation, "actor"),
                    Fields.text(generation, "via"),
                    (Fields.text(generation, "cause", "action") + " " + Fields.text(generation, "cause", "subject"))
                            .strip(),
                    String.join(", ", Fields.texts(generation, "difference")));
        }
        if (table.isEmpty()) {
            output.line("no generations yet; the first is made by the first change");
        } else {
            output.table(table);
        }
    }

    private void plugins(JsonObject answer, Output output) {
        JsonObject generation =
                Fields.objects(answer, "generations").stream().findFirst().orElse(answer);
        Table table = Table.of("plugin", "version", "enabled", "digest", "source");
        for (JsonObject plugin : Fields.objects(generation, "plugins")) {
            table.row(
                    Fields.text(plugin, "id"),
                    Fields.text(plugin, "version"),
                    plugin.bool("enabled").orElse(false) ? "yes" : "no",
                    Fields.text(plugin, "digest"),
                    (Fields.text(plugin, "source", "kind") + " " + Fields.text(plugin, "source", "location")).strip());
        }
        if (table.isEmpty()) {
            output.line("generation " + number + " has no plugins");
        } else {
            output.table(table);
        }
    }
}
