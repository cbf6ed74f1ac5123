package dev.mortise.cli;

import dev.mortise.cli.client.HostAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that speaks to a host can be told. */
public final class HostOptions {

    @Nullable
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of the host (default: MORTISE_DATA, or ~/.local/share/mortise).")
    String data;

    @Option(names = "--json", description = "Print the host's own JSON.")
    boolean json;

    public HostAddress address(Shell shell) {
        return HostAddress.find(shell, data);
    }

    public @Nullable String data() {
        return data;
    }

    public boolean json() {
        return json;
    }
}
