package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Replaces an installed plugin by another version of it. */
@Command(name = "upgrade", description = "Replace an installed plugin by another version of it.")
public final class UpgradeCommand extends ChangeCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id = "";

    @Nullable
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            description = "As for install (default: what the catalog has of that name).")
    private String target;

    @Mixin
    private PackageOptions options = new PackageOptions();

    public UpgradeCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean agreed(HostClient host, Output output) {
        return PermissionQuestion.agreed(shell(), output, options.yes(), () -> change(host, true));
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return options.request(shell(), target == null ? id : target, JsonObject.EMPTY)
                .send(host, plugin(id) + "/upgrade", plan);
    }
}
