package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Shell;
import dev.mortise.cli.output.Output;
import java.util.function.Supplier;

/** Asks a person, where one sits in front of the terminal, before a plugin is granted what it wants. */
final class PermissionQuestion {

    private PermissionQuestion() {}

    /** @param plan of the change; only asked for where the question may arise */
    static boolean agreed(Shell shell, Output output, boolean yes, Supplier<JsonObject> plan) {
        if (yes || output.json() || !shell.terminal()) {
            return true;
        }
        JsonObject planned = plan.get();
        if (!ChangeView.grants(planned)) {
            return true;
        }
        output.note("This grants permissions:");
        ChangeView.permissions(planned).forEach(output::note);
        if (output.confirmed("Go on?")) {
            return true;
        }
        output.note("nothing was changed");
        return false;
    }
}
