package dev.mortise.cli;

import dev.mortise.cli.client.HostAddress;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that speaks to a running host. */
public abstract class HostCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private HostOptions options = new HostOptions();

    protected HostCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public final Integer call() throws Exception {
        HostAddress address = options.address(shell);
        try (HostClient host = new HostClient(address)) {
            run(host, new Output(shell, options.json()));
        }
        return ExitCode.DONE;
    }

    /** Does the work; a refusal is a {@link CommandFailure}. */
    protected abstract void run(HostClient host, Output output) throws Exception;

    protected final Shell shell() {
        return shell;
    }
}
