package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows which functions can be called. */
@Command(name = "functions", description = "List the functions of all active plugins, or show one with its schemas.")
public final class FunctionsCommand extends HostCommand {

    @Nullable
    @Parameters(paramLabel = "FUNCTION", arity = "0..1", description = "One to show.")
    private String name;

    public FunctionsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        if (name == null) {
            output.show(host.get("/api/v1/functions"), answer -> list(answer, output));
        } else {
            output.show(host.get("/api/v1/functions/" + HostClient.encode(name)), output::pretty);
        }
    }

    private static void list(JsonObject answer, Output output) {
        Table table = Table.of("function", "plugin", "parameters", "description");
        for (JsonObject function : Fields.objects(answer, "functions")) {
            table.row(
                    Fields.text(function, "name"),
                    Fields.text(function, "plugin"),
                    parameters(function.object("params").orElse(JsonObject.EMPTY)),
                    Fields.text(function, "description"));
        }
        if (table.isEmpty()) {
            output.line("no active plugin has a function; install one with: mortise install hello-world");
        } else {
            output.table(table);
        }
    }

    /** The names of the parameters; those that can be left out in brackets. */
    private static String parameters(JsonObject schema) {
        List<String> required = Fields.texts(schema, "required");
        List<String> names = new ArrayList<>();
        schema.object("properties")
                .ifPresent(properties -> properties
                        .members()
                        .keySet()
                        .forEach(name -> names.add(required.contains(name) ? name : "[" + name + "]")));
        return String.join(" ", names);
    }
}
