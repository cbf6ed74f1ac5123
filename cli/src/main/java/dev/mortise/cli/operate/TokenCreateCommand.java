package dev.mortise.cli.operate;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.host.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token. */
@Command(name = "create", description = "Make a token and print its secret, which is not shown again.")
public final class TokenCreateCommand extends HostCommand {

    @Parameters(paramLabel = "NAME", description = "What the audit calls whoever uses it.")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "viewer sees, operator calls and configures, admin installs.")
    private Role role = Role.VIEWER;

    public TokenCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        JsonObject token =
                host.post("/api/v1/tokens", JsonObject.of("name", name).with("role", role.label()));
        // The bare secret on the output, so that a script can take it.
        output.show(token, answer -> output.line(Fields.text(answer, "secret")));
        output.note("token '" + name + "' with role " + role.label() + "; keep the secret, it is not shown again");
    }
}
