package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.launch.ProcessRequest;
import dev.mortise.runtime.process.launch.ProcessSpawner;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.spawn.SandboxLauncher;
import dev.mortise.runtime.process.spawn.SpawnRequest;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts the processes of one plugin in a sandbox. The folder of a launch stays the host's; within it the plugin gets one of
 * its own, for its sockets and temporary files.
 */
public final class SandboxedSpawner implements ProcessSpawner {

    /** What a plugin may do, once it is known where its sockets will be. */
    @FunctionalInterface
    interface Policy {
        SandboxPolicy with(SocketFolders sockets) throws IOException;
    }

    private static final String OWN = "p";
    private static final String TEMPORARY = "TMPDIR";

    private final SandboxLauncher launcher;
    private final PluginId plugin;
    private final Policy policy;

    SandboxedSpawner(SandboxLauncher launcher, PluginId plugin, Policy policy) {
        this.launcher = launcher;
        this.plugin = plugin;
        this.policy = policy;
    }

    @Override
    public PluginProcess start(ProcessRequest request) throws IOException {
        SocketFolders sockets = folders(request.environment());
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.put(ProtocolVariable.UNIX_SOCKET_DIR, sockets.plugin().toString());
        environment.put(TEMPORARY, sockets.plugin().toString());
        try {
            return new ContainedProcess(launcher.start(new SpawnRequest(
                    plugin, request.command(), request.folder().toRealPath(), environment, policy.with(sockets))));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Others than the plugin do not get as far as this folder: the one around it is the host's user's alone. */
    private static SocketFolders folders(Map<String, String> environment) throws IOException {
        String launch = environment.get(ProtocolVariable.UNIX_SOCKET_DIR);
        if (launch == null) {
            throw new IOException("it was given no folder for its sockets");
        }
        Path host = Path.of(launch).toRealPath();
        Files.setPosixFilePermissions(host, PosixFilePermissions.fromString("rwx--x--x"));
        return new SocketFolders(host, Files.createDirectories(host.resolve(OWN)));
    }
}
