package dev.mortise.runtime.process.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param plugin names the plugin in messages and names of threads
 * @param command the executable's absolute path and its arguments
 * @param environment all that the process sees of one; nothing is added
 * @param folder where it runs
 */
public record ProcessRequest(String plugin, List<String> command, Map<String, String> environment, Path folder) {

    public ProcessRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public Path executable() {
        return Path.of(command.getFirst());
    }
}
