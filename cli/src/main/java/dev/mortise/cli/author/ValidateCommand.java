package dev.mortise.cli.author;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.LocalOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.ProblemDetails;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a package as a host would, without one. */
@Command(
        name = "validate",
        description = "Check a package or a plugin's folder as a host would; every mistake with its place.")
public final class ValidateCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "PATH", defaultValue = ".", description = "A folder or an archive (default: this folder).")
    private String path = ".";

    @Mixin
    private LocalOptions options = new LocalOptions();

    public ValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Output output = new Output(shell, options.json());
        Path target = shell.resolve(path);
        return switch (new PackageInspection().of(target)) {
            case Result.Ok<Manifest>(Manifest manifest) -> {
                output.show(valid(manifest), _ -> show(manifest, output));
                yield ExitCode.DONE;
            }
            case Result.Refused<Manifest>(Problem problem) -> {
                JsonObject report = invalid(problem);
                output.show(report, _ -> output.line(path + " is not valid:"));
                List<String> mistakes = ProblemDetails.lines(problem.details());
                (mistakes.isEmpty() ? List.of(problem.message()) : mistakes)
                        .forEach(line -> shell.err().println(Output.printable(line)));
                yield ExitCode.FAILED;
            }
        };
    }

    private static JsonObject valid(Manifest manifest) {
        return JsonObject.of("valid", true)
                .with("id", manifest.id().value())
                .with("version", manifest.version().value())
                .with("runtime", manifest.runtime())
                .with("permissions", manifest.permissions().lines());
    }

    private static JsonObject invalid(Problem problem) {
        return JsonObject.of("valid", false)
                .with("code", problem.code().code())
                .with("message", problem.message())
                .with("details", problem.details());
    }

    private static void show(Manifest manifest, Output output) {
        output.line(manifest.id() + " " + manifest.version() + " is valid");
        List<String> permissions = manifest.permissions().lines();
        output.line(permissions.isEmpty() ? "it wants no permissions" : "it wants these permissions:");
        permissions.forEach(permission -> output.line("  " + permission));
    }
}
