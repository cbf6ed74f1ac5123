package dev.mortise.cli.client;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host that a command is for.
 *
 * @param token the secret to show
 * @param local its data directory, where that is how it was found; a path means the same to it as to this process then
 * @param certificate the only one that is trusted; otherwise those that the JDK trusts
 */
public record HostAddress(URI url, Optional<String> token, Optional<DataDirectory> local, Optional<Path> certificate) {

    /**
     * Finds the host: of the data directory that the option names, or at MORTISE_URL, or of the default data directory.
     * MORTISE_TOKEN goes with MORTISE_URL; a data directory's host is shown the token that lies there, unless
     * MORTISE_TOKEN is set alone.
     */
    public static HostAddress find(Shell shell, @Nullable String dataOption) {
        Optional<String> url = shell.variable("MORTISE_URL");
        if (dataOption == null && url.isPresent()) {
            return new HostAddress(
                    remote(url.get()),
                    shell.variable("MORTISE_TOKEN"),
                    Optional.empty(),
                    shell.variable("MORTISE_CERTIFICATE").map(shell::resolve));
        }
        DataDirectory data = DataDirectory.of(shell, dataOption);
        RunningHost host = data.runningHost().orElseThrow(() -> notRunning(data));
        Optional<String> own = url.isPresent() ? Optional.empty() : shell.variable("MORTISE_TOKEN");
        return new HostAddress(host.url(), own.or(data::adminToken), Optional.of(data), host.certificate());
    }

    static CommandFailure notRunning(DataDirectory data) {
        return CommandFailure.of(
                "no host is running for " + data.path() + "; start one with: mortise serve --data " + data.path());
    }

    private static URI remote(String text) {
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as every other text that is no address.
        }
        throw CommandFailure.of("MORTISE_URL is '" + text + "', which is no address of a host such as"
                + " https://mortise.example.org:8090");
    }
}
