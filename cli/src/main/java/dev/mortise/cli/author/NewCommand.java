package dev.mortise.cli.author;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.LocalOptions;
import dev.mortise.cli.Shell;
import dev.mortise.cli.output.Output;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the project of a new plugin. */
@Command(name = "new", description = "Start a plugin: a Maven project with a manifest, code and a test.")
public final class NewCommand implements Callable<Integer> {

    /** What the new plugin offers. */
    enum Kind {
        FUNCTION,
        HOOK;

        String template() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Shell shell;

    @Parameters(paramLabel = "DIR", description = "The folder to make; its name becomes the plugin's id.")
    private String directory = "";

    @Nullable
    @Option(names = "--package", paramLabel = "NAME", description = "The Java package (default: com.example.…).")
    private String packageName;

    @Option(names = "--kind", paramLabel = "KIND", description = "function or hook (default: ${DEFAULT-VALUE}).")
    private Kind kind = Kind.FUNCTION;

    @Mixin
    private LocalOptions options = new LocalOptions();

    public NewCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = shell.resolve(directory);
        String id = String.valueOf(folder.getFileName());
        if (!PluginId.isValid(id)) {
            throw CommandFailure.usage("'" + id + "' is not a plugin id: a lower-case letter, then 1 to 63 lower-case"
                    + " letters, digits or hyphens");
        }
        if (packageName != null && !SourceVersion.isName(packageName)) {
            throw CommandFailure.usage("'" + packageName + "' is not the name of a Java package");
        }
        if (Files.exists(folder) && !isEmptyFolder(folder)) {
            throw CommandFailure.of(folder + " exists already and is not empty; choose another folder");
        }
        PluginNames names = PluginNames.of(id, packageName);
        ProjectTemplate.of(kind.template(), names, AuthorRepository.of(shell)).write(folder);
        Output output = new Output(shell, options.json());
        output.show(
                JsonObject.of("id", id)
                        .with("folder", folder.toString())
                        .with("package", names.packageName())
                        .with("class_name", names.packageName() + "." + names.className()),
                _ -> nextSteps(output, folder, names));
        return 0;
    }

    private void nextSteps(Output output, Path folder, PluginNames names) {
        String place = folder.startsWith(shell.directory())
                ? shell.directory().relativize(folder).toString()
                : folder.toString();
        output.line("made " + place + ": a plugin with id " + names.id() + "; next:");
        output.line("  (cd " + place + " && mvn -q verify)");
        output.line("  mortise install " + place);
        if (kind == Kind.FUNCTION) {
            output.line("  mortise invoke " + names.functionName() + " name=Ada");
        }
        output.line("  mortise dev " + place);
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }
}
