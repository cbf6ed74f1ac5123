package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Progress;
import picocli.CommandLine.Option;

/** A command that changes which plugins there are, or how they are set up. */
abstract class ChangeCommand extends HostCommand {

    @Option(names = "--plan", description = "Only show what would change.")
    private boolean planOnly;

    ChangeCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected final void run(HostClient host, Output output) throws Exception {
        if (planOnly) {
            output.show(change(host, true), plan -> ChangeView.plan(plan, output));
            return;
        }
        if (agreed(host, output)) {
            JsonObject outcome;
            try (Progress _ = Progress.of(host, shell(), output)) {
                outcome = change(host, false);
            }
            output.show(outcome, done -> {
                ChangeView.outcome(done, output);
                advise(done, output);
            });
        }
    }

    /** Whether to go on. */
    boolean agreed(HostClient host, Output output) throws Exception {
        return true;
    }

    /** Says what to do next, if there is something. */
    void advise(JsonObject outcome, Output output) {}

    /**
     * Asks the host for the change.
     *
     * @param plan whether it is only to tell what it would do
     */
    abstract JsonObject change(HostClient host, boolean plan) throws Exception;

    static String query(boolean plan) {
        return plan ? "?plan=true" : "";
    }

    static String plugin(String id) {
        return "/api/v1/plugins/" + HostClient.encode(id);
    }
}
