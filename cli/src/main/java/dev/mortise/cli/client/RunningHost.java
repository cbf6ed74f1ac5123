package dev.mortise.cli.client;

import dev.mortise.api.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The content of {@code host.json}: how to reach the host that runs in a data directory.
 *
 * @param certificate the PEM file that it serves TLS with
 */
public record RunningHost(URI url, long pid, String version, Optional<Path> certificate) {

    public JsonObject toJson() {
        JsonObject json = JsonObject.of("url", url.toString()).with("pid", pid).with("version", version);
        return certificate
                .map(path -> json.with("certificate", path.toString()))
                .orElse(json);
    }

    /** Whether a process with its number exists; of another machine or container it cannot be seen. */
    public boolean processExists() {
        return pid > 0 && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
