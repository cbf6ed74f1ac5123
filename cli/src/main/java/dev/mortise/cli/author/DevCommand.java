package dev.mortise.cli.author;

import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Keeps a plugin that is being written live. */
@Command(
        name = "dev",
        description = "Watch a plugin's folder; build and reload it in the running host after every edit.")
public final class DevCommand extends HostCommand {

    @Parameters(paramLabel = "DIR", defaultValue = ".", description = "The plugin's folder (default: this one).")
    private String folder = ".";

    public DevCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) throws Exception {
        if (host.address().local().isEmpty()) {
            throw dev.mortise.cli.CommandFailure.of("dev works with a host on this machine, which reads the plugin's"
                    + " folder itself; unset MORTISE_URL, or name the host's data directory with --data");
        }
        PluginFolder plugin = PluginFolder.of(shell().resolve(folder));
        try (DevLoop loop = new DevLoop(plugin, host, shell(), output)) {
            loop.run();
        }
    }
}
