package dev.mortise.cli;

import dev.mortise.cli.author.DevCommand;
import dev.mortise.cli.author.NewCommand;
import dev.mortise.cli.author.PackCommand;
import dev.mortise.cli.author.ValidateCommand;
import dev.mortise.cli.observe.AuditCommand;
import dev.mortise.cli.observe.EventsCommand;
import dev.mortise.cli.observe.FunctionsCommand;
import dev.mortise.cli.observe.InvokeCommand;
import dev.mortise.cli.observe.LogsCommand;
import dev.mortise.cli.observe.RingsCommand;
import dev.mortise.cli.observe.ServicesCommand;
import dev.mortise.cli.observe.StatusCommand;
import dev.mortise.cli.observe.TraceCommand;
import dev.mortise.cli.operate.CompletionCommand;
import dev.mortise.cli.operate.DoctorCommand;
import dev.mortise.cli.operate.TokenCommand;
import dev.mortise.cli.operate.TokenCreateCommand;
import dev.mortise.cli.operate.TokenListCommand;
import dev.mortise.cli.operate.TokenRevokeCommand;
import dev.mortise.cli.plugin.ConfigCommand;
import dev.mortise.cli.plugin.ConfigGetCommand;
import dev.mortise.cli.plugin.ConfigSetCommand;
import dev.mortise.cli.plugin.DisableCommand;
import dev.mortise.cli.plugin.EnableCommand;
import dev.mortise.cli.plugin.GenerationsCommand;
import dev.mortise.cli.plugin.HotSwapCommand;
import dev.mortise.cli.plugin.InstallCommand;
import dev.mortise.cli.plugin.ListCommand;
import dev.mortise.cli.plugin.PlaceCommand;
import dev.mortise.cli.plugin.PlanCommand;
import dev.mortise.cli.plugin.ReloadCommand;
import dev.mortise.cli.plugin.RollbackCommand;
import dev.mortise.cli.plugin.ShowCommand;
import dev.mortise.cli.plugin.UninstallCommand;
import dev.mortise.cli.plugin.UpgradeCommand;
import dev.mortise.cli.serve.ServeCommand;
import dev.mortise.cli.serve.TrainCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The list of all commands. Only the one that is asked for is made, since describing all takes longer than running one. */
final class Commands {

    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    Commands(Shell shell) {
        commands.put("serve", () -> new ServeCommand(shell));
        commands.put("new", () -> new NewCommand(shell));
        commands.put("dev", () -> new DevCommand(shell));
        commands.put("validate", () -> new ValidateCommand(shell));
        commands.put("pack", () -> new PackCommand(shell));
        commands.put("install", () -> new InstallCommand(shell));
        commands.put("upgrade", () -> new UpgradeCommand(shell));
        commands.put("uninstall", () -> new UninstallCommand(shell));
        commands.put("list", () -> new ListCommand(shell));
        commands.put("show", () -> new ShowCommand(shell));
        commands.put("enable", () -> new EnableCommand(shell));
        commands.put("disable", () -> new DisableCommand(shell));
        commands.put("reload", () -> new ReloadCommand(shell));
        commands.put("hot-swap", () -> new HotSwapCommand(shell));
        commands.put(
                "config",
                () -> new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigGetCommand(shell))
                        .addSubcommand(new ConfigSetCommand(shell)));
        commands.put("place", () -> new PlaceCommand(shell));
        commands.put("generations", () -> new GenerationsCommand(shell));
        commands.put("rollback", () -> new RollbackCommand(shell));
        commands.put("plan", () -> new PlanCommand(line -> Main.run(shell, line)));
        commands.put("functions", () -> new FunctionsCommand(shell));
        commands.put("rings", () -> new RingsCommand(shell));
        commands.put("services", () -> new ServicesCommand(shell));
        commands.put("invoke", () -> new InvokeCommand(shell));
        commands.put("events", () -> new EventsCommand(shell));
        commands.put("logs", () -> new LogsCommand(shell));
        commands.put("trace", () -> new TraceCommand(shell));
        commands.put("status", () -> new StatusCommand(shell));
        commands.put("audit", () -> new AuditCommand(shell));
        commands.put(
                "token",
                () -> new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenCreateCommand(shell))
                        .addSubcommand(new TokenListCommand(shell))
                        .addSubcommand(new TokenRevokeCommand(shell)));
        commands.put("doctor", () -> new DoctorCommand(shell));
        commands.put("completion", () -> new CompletionCommand(shell));
        commands.put("train", () -> new TrainCommand(shell, Main::run));
    }

    /** The command with the subcommand that the arguments begin with, or with all where they begin with none. */
    CommandLine lineFor(List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (commands.containsKey(first) && !first.equals("completion")) {
            wanted.put(first, commands.get(first).get());
        } else {
            commands.forEach((name, command) -> wanted.put(name, command.get()));
        }
        if (wanted.get(first) instanceof ServeCommand serve) {
            serve.prepare();
        }
        CommandLine line = new CommandLine(new MortiseCommand());
        wanted.forEach(line::addSubcommand);
        addHelp(line);
        return line;
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(Commands::addHelp);
    }
}
