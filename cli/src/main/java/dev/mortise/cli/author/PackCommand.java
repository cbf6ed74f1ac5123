package dev.mortise.cli.author;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.ExitCode;
import dev.mortise.cli.LocalOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.output.Output;
import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import dev.mortise.host.packages.PackageLimits;
import dev.mortise.host.packages.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an archive of a plugin. */
@Command(
        name = "pack",
        description = "Make an archive of a plugin; the same content gives the same archive and digest.")
public final class PackCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "DIR", defaultValue = ".", description = "The plugin's folder (default: this one).")
    private String folder = ".";

    @Nullable
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The archive to write (default: the folder's name with .zip, here).")
    private String file;

    @Mixin
    private LocalOptions options = new LocalOptions();

    public PackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        PluginFolder plugin = PluginFolder.of(shell.resolve(folder));
        Path archive = shell.resolve(file == null ? plugin.path().getFileName() + ".zip" : file);
        @Nullable Path place = archive.getParent();
        if (place == null || !Files.isDirectory(place)) {
            throw CommandFailure.of("there is no folder " + place + " to write the archive into");
        }
        Digest digest = switch (new PackageWriter(PackageLimits.DEFAULT).write(plugin.packageFolder(), archive)) {
            case Result.Ok<Digest>(Digest value) -> value;
            case Result.Refused<Digest>(var problem) -> throw CommandFailure.of(problem);
        };
        long size = Files.size(archive);
        Output output = new Output(shell, options.json());
        output.show(
                JsonObject.of("archive", archive.toString())
                        .with("digest", digest.toString())
                        .with("size", size),
                _ -> {
                    output.line(archive + "  " + size + " bytes");
                    output.line(digest.toString());
                });
        return ExitCode.DONE;
    }
}
