package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.launch.ProcessSpawner;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.spawn.SandboxLauncher;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each plugin in the best sandbox that this machine can make for it, with what its manifest grants, and refuses those
 * that it cannot keep. The sandbox is tried out when the first plugin comes.
 */
public final class SandboxContainment implements Containment {

    /** Beside the plugins' data folders; no plugin has such an id. */
    private static final String STATE = ".sandbox";

    private @Nullable SandboxLauncher launcher;

    @Override
    public ContainedSpawner of(InstanceRequest plugin) throws IOException {
        Path data = plugin.services().dataDirectory().toRealPath();
        SandboxLauncher opened = launcher(data.resolveSibling(STATE));
        PluginId id = plugin.manifest().id();
        ProcessSpawner spawner = new SandboxedSpawner(opened, id, folders -> policy(plugin, folders, data));
        // Which folder the sockets will be in makes no difference to the level.
        SandboxPolicy policy = policy(plugin, new SocketFolders(data, data), data);
        return new ContainedSpawner(spawner, IsolationReport.of(opened.level(policy)));
    }

    private static SandboxPolicy policy(InstanceRequest plugin, SocketFolders sockets, Path data) throws IOException {
        return GrantedPolicy.of(plugin.manifest(), plugin.root().toRealPath(), data, sockets);
    }

    /** Tries it out in a folder that is gone afterwards. */
    @Override
    public Isolation strongest() throws IOException {
        Path state = Files.createTempDirectory("mortise-sandbox");
        try (SandboxLauncher trial = SandboxLauncher.open(state)) {
            return IsolationReport.of(trial.probe().level());
        } finally {
            delete(state);
        }
    }

    private synchronized SandboxLauncher launcher(Path state) throws IOException {
        SandboxLauncher present = launcher;
        if (present == null) {
            present = SandboxLauncher.open(state);
            launcher = present;
        }
        return present;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public synchronized void close() {
        SandboxLauncher present = launcher;
        if (present != null) {
            present.close();
            launcher = null;
        }
    }
}
