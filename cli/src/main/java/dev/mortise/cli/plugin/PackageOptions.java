package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about a package that is sent to a host. */
final class PackageOptions {

    @Nullable
    @Option(names = "--digest", paramLabel = "SHA256", description = "What the archive must hash to.")
    private String digest;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before permissions are granted.")
    private boolean yes;

    boolean yes() {
        return yes;
    }

    PackageRequest request(Shell shell, String target, JsonObject settings) {
        return new PackageRequest(PackageTarget.of(shell, target), Optional.ofNullable(digest), settings);
    }
}
