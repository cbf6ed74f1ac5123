package dev.mortise.cli.plugin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The configuration of plugins. */
@Command(
        name = "config",
        description = "Show or change the configuration of a plugin.",
        synopsisSubcommandLabel = "(get | set)")
public final class ConfigCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say which: config get ID, or config set ID key=value");
    }
}
