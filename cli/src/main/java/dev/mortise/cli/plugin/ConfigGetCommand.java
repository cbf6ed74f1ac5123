package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a plugin's effective configuration. */
@Command(name = "get", description = "Show a plugin's configuration, defaults included and secrets masked.")
public final class ConfigGetCommand extends HostCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id = "";

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "Only the value of this key.")
    private String key;

    public ConfigGetCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        JsonObject answer = host.get(ChangeCommand.plugin(id) + "/config");
        JsonObject config = answer.object("config").orElse(JsonObject.EMPTY);
        if (key == null) {
            output.show(answer, _ -> output.pretty(config));
            return;
        }
        JsonValue value = config.get(key)
                .orElseThrow(() -> CommandFailure.of("the configuration of " + id + " has no '" + key + "'; it has: "
                        + String.join(", ", config.members().keySet())));
        if (!output.json() && value instanceof JsonString(String text)) {
            output.line(text);
        } else {
            output.pretty(value);
        }
    }
}
