package dev.mortise.cli;

import dev.mortise.cli.output.Output;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Runs one command line. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        // Libraries that would log through SLF4J have nothing to tell; without this it says that it is not set up.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(Shell.ofProcess(), Arrays.asList(arguments)));
    }

    /** @return the exit code, see {@link ExitCode} */
    public static int run(Shell shell, List<String> arguments) {
        CommandLine line = new Commands(shell).lineFor(arguments);
        line.setOut(new PrintWriter(shell.out(), true))
                .setErr(new PrintWriter(shell.err(), true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        shell.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((problem, _) -> {
                    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
                    shell.err().println("mortise: " + problem.getMessage());
                    suggestions(problem).ifPresent(shell.err()::println);
                    shell.err().println("         see: " + command + " --help");
                    return ExitCode.WRONG_USAGE;
                })
                .setExecutionExceptionHandler((failure, command, _) -> failed(shell, failure, command));
        return line.execute(arguments.toArray(String[]::new));
    }

    private static Optional<String> suggestions(CommandLine.ParameterException problem) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return Optional.of("         did you mean: " + String.join(", ", unmatched.getSuggestions()) + "?");
        }
        return Optional.empty();
    }

    private static int failed(Shell shell, Exception failure, CommandLine command) {
        if (failure instanceof CommandFailure refusal) {
            refusal.problem()
                    .filter(_ -> command.getParseResult().hasMatchedOption("--json"))
                    .ifPresent(shell.out()::println);
            shell.err().println("mortise: " + Output.printable(refusal.getMessage()));
            refusal.advice().forEach(line -> shell.err().println("         " + Output.printable(line)));
            return refusal.exitCode();
        }
        shell.err().println("mortise: a bug or a broken installation: " + failure);
        if (shell.variable("MORTISE_DEBUG").isPresent()) {
            failure.printStackTrace(shell.err());
        } else {
            shell.err().println("         MORTISE_DEBUG=1 tells where; `mortise doctor` checks the installation");
        }
        return ExitCode.FAILED;
    }
}
