package dev.mortise.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which only has subcommands. */
@Command(
        name = "mortise",
        addMethodSubcommands = false,
        versionProvider = ProgramVersion.class,
        description = "A plugin host: serve one, talk to one, and write plugins for it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nBegin with:",
            "  mortise serve                        start a host with the shipped plugins",
            "  mortise invoke hello_world name=Ada  call a function",
            "  mortise new my-plugin                write a plugin",
            "%n`mortise COMMAND --help` tells more. Exit codes: 0 done, 1 refused or failed, 2 wrong usage."
        })
final class MortiseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }
}
