package dev.mortise.cli.operate;

import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Revokes a token. */
@Command(name = "revoke", description = "Revoke a token; it is refused from now on.")
public final class TokenRevokeCommand extends HostCommand {

    @Parameters(paramLabel = "NAME", description = "The token.")
    private String name = "";

    public TokenRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        output.show(
                host.delete("/api/v1/tokens/" + HostClient.encode(name)),
                _ -> output.line("token '" + name + "' is revoked"));
    }
}
