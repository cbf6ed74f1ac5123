package dev.mortise.cli.operate;

import dev.mortise.cli.Shell;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in the shell.",
        footer = {
            "%nFor example:",
            "  source <(mortise completion bash)    in ~/.bashrc",
            "  source <(mortise completion zsh)     in ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {

    /** The shells that there is a script for. */
    enum Kind {
        BASH,
        ZSH
    }

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    // One script serves both: in zsh it switches on bash's completion by itself.
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Kind kind = Kind.BASH;

    public CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        shell.out().print(AutoComplete.bash("mortise", spec.root().commandLine()));
        return 0;
    }
}
