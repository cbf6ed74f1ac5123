package dev.mortise.cli.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Shows what a change would do: the same as the change's own command with {@code --plan}. */
@Command(
        name = "plan",
        description = "Show what a change would do, without doing it.",
        customSynopsis = "mortise plan CHANGE [its own arguments]",
        footer = "%nFor example: mortise plan install ./my-plugin")
public final class PlanCommand implements Callable<Integer> {

    private static final List<String> CHANGES = List.of(
            "install",
            "upgrade",
            "uninstall",
            "enable",
            "disable",
            "reload",
            "hot-swap",
            "rollback",
            "config",
            "place");

    private final ToIntFunction<List<String>> commands;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CHANGE", index = "0", description = "The command that would make the change.")
    private String change = "";

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    /** @param commands runs a command line and tells its exit code */
    public PlanCommand(ToIntFunction<List<String>> commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() {
        if (!CHANGES.contains(change)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + change + "' is no change; there are: " + String.join(", ", CHANGES));
        }
        List<String> line = new ArrayList<>();
        line.add(change);
        line.addAll(arguments);
        line.add("--plan");
        return commands.applyAsInt(line);
    }
}
