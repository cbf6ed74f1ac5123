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
import picocli.CommandLine.Parameters;

/** Shows everything about one plugin. */
@Command(name = "show", description = "Show one plugin: its state, contributions, configuration and statistics.")
public final class ShowCommand extends HostCommand {

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id = "";

    public ShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        output.show(host.get(ChangeCommand.plugin(id)), plugin -> show(plugin, output));
    }

    private static void show(JsonObject plugin, Output output) {
        output.line(Fields.text(plugin, "id") + " " + Fields.text(plugin, "version") + " is "
                + Fields.text(plugin, "status").replace('_', ' '));
        member(output, "description", Fields.text(plugin, "description"));
        member(output, "error", Fields.text(plugin, "error", "message"));
        member(output, "runtime", Fields.text(plugin, "runtime"));
        member(output, "digest", Fields.text(plugin, "digest"));
        member(output, "source", source(plugin));
        member(output, "permissions", String.join(", ", Fields.texts(plugin, "permissions")));
        plugin.object("isolation").ifPresent(isolation -> isolation(isolation, output));
        member(output, "breaker", Fields.text(plugin, "guard", "breaker"));
        plugin.object("contributions")
                .ifPresent(contributions -> contributions
                        .members()
                        .keySet()
                        .forEach(kind -> member(output, kind, String.join(", ", Fields.texts(contributions, kind)))));
        plugin.object("config").filter(config -> !config.isEmpty()).ifPresent(config -> {
            output.line("config");
            output.pretty(config);
        });
        hooks(Fields.objects(plugin, "hooks"), output);
        Fields.objects(plugin, "services").forEach(service -> member(output, "service", service(service)));
        statistics(Fields.objects(plugin, "stats"), output);
        Fields.objects(plugin, "retired")
                .forEach(retired -> member(
                        output,
                        "retired",
                        Fields.text(retired, "version") + " " + Fields.text(retired, "state") + " "
                                + Fields.text(retired, "leftovers")));
    }

    private static void isolation(JsonObject isolation, Output output) {
        member(output, "sandbox", Fields.text(isolation, "level") + ", by " + Fields.text(isolation, "mechanism"));
        Fields.objects(isolation, "layers")
                .forEach(layer -> member(
                        output,
                        "",
                        Fields.text(layer, "name")
                                + (layer.bool("in_force").orElse(false) ? ": " : ": NOT in force: ")
                                + Fields.text(layer, "detail")));
    }

    private static String source(JsonObject plugin) {
        return (Fields.text(plugin, "source", "kind") + " " + Fields.text(plugin, "source", "location")).strip();
    }

    private static void member(Output output, String name, String value) {
        if (!value.isEmpty()) {
            output.line(name + " ".repeat(Math.max(1, 14 - name.length())) + value);
        }
    }

    private static void hooks(List<JsonObject> hooks, Output output) {
        if (hooks.isEmpty()) {
            return;
        }
        output.line("");
        Table table =
                Table.of("ring", "class", "priority", "set by", "policy", "set by", "timeout ms", "blocks", "bypassed");
        table.rows(
                hooks,
                "on",
                "class_name",
                "priority",
                "priority_source",
                "fail_policy",
                "fail_policy_source",
                "timeout_ms",
                "blocks",
                "bypassed");
        output.table(table);
        output.line("");
    }

    private static String service(JsonObject service) {
        return Fields.text(service, "contract") + ", priority " + Fields.text(service, "priority")
                + (service.bool("preferred").orElse(false) ? ", preferred" : "");
    }

    private static void statistics(List<JsonObject> statistics, Output output) {
        if (statistics.isEmpty()) {
            return;
        }
        output.line("");
        Table table = Table.of(
                "kind", "contribution", "calls", "failures", "timeouts", "refused", "p50 us", "p99 us", "max us");
        table.rows(statistics, "kind", "contribution", "calls", "failures", "timeouts", "refused", "p50", "p99", "max");
        output.table(table);
    }
}
