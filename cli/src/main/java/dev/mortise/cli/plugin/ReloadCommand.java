package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reloads one plugin. */
@Command(name = "reload", description = "Take a plugin from its source again and start a fresh instance.")
public final class ReloadCommand extends ChangeCommand {

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id = "";

    public ReloadCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.post(plugin(id) + "/reload" + query(plan), JsonObject.EMPTY);
    }
}
