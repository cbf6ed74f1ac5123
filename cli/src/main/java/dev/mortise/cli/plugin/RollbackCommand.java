package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes back to an earlier generation. */
@Command(name = "rollback", description = "Go back to an earlier generation; the one before, if none is given.")
public final class RollbackCommand extends ChangeCommand {

    @Nullable
    @Parameters(paramLabel = "GENERATION", arity = "0..1", description = "Its number, as `generations` lists it.")
    private Long generation;

    public RollbackCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return host.post(
                "/api/v1/plugins/rollback" + query(plan),
                generation == null ? JsonObject.EMPTY : JsonObject.of("generation", generation));
    }
}
