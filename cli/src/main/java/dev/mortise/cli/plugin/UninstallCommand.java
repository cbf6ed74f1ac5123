package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a plugin away. */
@Command(name = "uninstall", description = "Stop a plugin and remove it.")
public final class UninstallCommand extends ChangeCommand {

    @Parameters(paramLabel = "ID", description = "The plugin.")
    private String id = "";

    @Option(names = "--purge", description = "Delete its state and files too; a rollback does not bring them back.")
    private boolean purge;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before data is deleted.")
    private boolean yes;

    public UninstallCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean agreed(HostClient host, Output output) {
        return !purge
                || yes
                || !shell().terminal()
                || output.confirmed("Delete the state and files of " + id + " too?");
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.delete(plugin(id) + "?purge=" + purge + (plan ? "&plan=true" : ""));
    }
}
