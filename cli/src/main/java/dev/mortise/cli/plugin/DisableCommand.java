package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a plugin that stays installed. */
@Command(name = "disable", description = "Stop a plugin and keep it installed.")
public final class DisableCommand extends ChangeCommand {

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id = "";

    public DisableCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.post(
                "/api/v1/plugins/toggle" + query(plan),
                JsonObject.of("name", id).with("enabled", false));
    }
}
