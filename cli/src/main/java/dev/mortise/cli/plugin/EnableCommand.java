package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes an installed plugin active. */
@Command(name = "enable", description = "Start an installed plugin.")
public final class EnableCommand extends ChangeCommand {

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id = "";

    public EnableCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.post(
                "/api/v1/plugins/toggle" + query(plan),
                JsonObject.of("name", id).with("enabled", true));
    }
}
