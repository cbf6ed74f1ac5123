package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.JsonArgument;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs a package, or another version of one. */
@Command(
        name = "install",
        description = "Install a plugin, or another version of one.",
        footer = {
            "%nFor example:",
            "  mortise install ./my-plugin          a folder or a built Maven project",
            "  mortise install my-plugin.jar        an archive: jar, zip or tar.gz",
            "  mortise install https://example.org/my-plugin.zip --digest sha256:…",
            "  mortise install hello-world          from the host's catalog"
        })
public final class InstallCommand extends ChangeCommand {

    private static final String PATH = "/api/v1/plugins/install";

    @Parameters(paramLabel = "TARGET", description = "A folder, an archive, an HTTPS address or a catalog name.")
    private String target = "";

    @Mixin
    private PackageOptions options = new PackageOptions();

    @Nullable
    @Option(names = "--config", paramLabel = "JSON", description = "Configuration: JSON, @FILE or - for the input.")
    private String config;

    @Option(names = "--disabled", description = "Install it and do not start it.")
    private boolean disabled;

    @Nullable
    private PackageRequest request;

    public InstallCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean agreed(HostClient host, Output output) {
        return PermissionQuestion.agreed(shell(), output, options.yes(), () -> change(host, true));
    }

    @Override
    void advise(JsonObject outcome, Output output) {
        ChangeView.howToEnable(outcome, output);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        return request().send(host, PATH, plan);
    }

    private PackageRequest request() {
        if (request == null) {
            JsonObject settings = JsonObject.EMPTY;
            if (config != null) {
                settings = settings.with("config", JsonArgument.object(shell(), config, "--config"));
            }
            if (disabled) {
                settings = settings.with("enabled", false);
            }
            request = options.request(shell(), target, settings);
        }
        return request;
    }
}
