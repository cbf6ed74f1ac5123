package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists plugins, or what the catalog has. */
@Command(name = "list", description = "List the plugins of the host.")
public final class ListCommand extends HostCommand {

    @Option(names = "--catalog", description = "List what can be installed by its plain name instead.")
    private boolean catalog;

    public ListCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        if (catalog) {
            output.show(host.get("/api/v1/catalog"), answer -> packages(answer, output));
        } else {
            output.show(host.get("/api/v1/plugins"), answer -> plugins(answer, output));
        }
    }

    private static void plugins(JsonObject answer, Output output) {
        List<JsonObject> plugins = Fields.objects(answer, "plugins");
        if (plugins.isEmpty()) {
            output.line("no plugins yet; see what there is with: mortise list --catalog");
            return;
        }
        Table table = Table.of("plugin", "version", "status", "runtime", "description");
        plugins.forEach(plugin -> table.row(
                Fields.text(plugin, "id"),
                Fields.text(plugin, "version"),
                Fields.text(plugin, "status"),
                Fields.text(plugin, "runtime"),
                about(plugin)));
        output.table(table);
    }

    private static String about(JsonObject plugin) {
        String error = Fields.text(plugin, "error", "message");
        return error.isEmpty() ? Fields.text(plugin, "description") : error;
    }

    private static void packages(JsonObject answer, Output output) {
        List<JsonObject> packages = Fields.objects(answer, "packages");
        if (packages.isEmpty()) {
            output.line("the catalog is empty; serve one with: mortise serve --catalog DIR");
            return;
        }
        Table table = Table.of("name", "location");
        table.rows(packages, "name", "location");
        output.table(table);
    }
}
