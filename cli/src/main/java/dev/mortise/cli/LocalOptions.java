package dev.mortise.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that needs no host can be told. */
public final class LocalOptions {

    // Accepted so that it can stand in every command line; these commands have no use for it.
    @Nullable
    @Option(names = "--data", paramLabel = "DIR", hidden = true)
    String data;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    public boolean json() {
        return json;
    }
}
