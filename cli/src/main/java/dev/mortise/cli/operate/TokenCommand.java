package dev.mortise.cli.operate;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who may use the host from outside. */
@Command(
        name = "token",
        description = "Make, list and revoke tokens for the HTTP API.",
        synopsisSubcommandLabel = "(create | list | revoke)")
public final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "say which: token create NAME --role ROLE, token list, or token revoke NAME");
    }
}
