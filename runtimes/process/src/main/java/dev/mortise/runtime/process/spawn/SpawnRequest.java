package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A process to start.
 *
 * @param command the program and its arguments. A program without a slash is looked up on the system's path, a relative one
 *     in the working directory
 * @param workingDirectory absolute
 * @param environment all of the process's variables: it inherits none. Paths among them should be real ones: a link in a folder
 *     that the sandbox covers leads nowhere
 */
public record SpawnRequest(
        PluginId plugin,
        List<String> command,
        Path workingDirectory,
        Map<String, String> environment,
        SandboxPolicy policy) {

    /** What every shell passes on. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** @throws IllegalArgumentException naming what cannot be given to a process */
    public SpawnRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("plugin " + plugin + ": the command is empty");
        }
        for (String word : command) {
            refuseNul(plugin, "the command", word);
        }
        environment.forEach((name, value) -> {
            if (!VARIABLE.matcher(name).matches()) {
                throw new IllegalArgumentException("plugin " + plugin + ": '" + name
                        + "' is not a name for an environment variable: letters, digits and underscores only");
            }
            refuseNul(plugin, "environment variable " + name, value);
        });
        if (!workingDirectory.isAbsolute()) {
            throw new IllegalArgumentException(
                    "plugin " + plugin + ": the working directory '" + workingDirectory + "' is not absolute");
        }
    }

    private static void refuseNul(PluginId plugin, String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("plugin " + plugin + ": " + what + " contains a NUL character");
        }
    }
}
