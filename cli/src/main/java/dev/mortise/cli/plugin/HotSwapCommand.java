package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Reloads whatever has changed at its source. */
@Command(name = "hot-swap", description = "Reload every plugin whose source has changed, in one generation.")
public final class HotSwapCommand extends ChangeCommand {

    @Nullable
    @Parameters(paramLabel = "ID", arity = "0..1", description = "Only this plugin.")
    private String id;

    public HotSwapCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.post(
                "/api/v1/plugins/hot-swap" + query(plan), id == null ? JsonObject.EMPTY : JsonObject.of("name", id));
    }
}
