package dev.mortise.runtime.process.peer;

import dev.mortise.runtime.process.goplugin.PluginConnection;
import dev.mortise.runtime.process.goplugin.PluginLaunch;
import dev.mortise.runtime.process.goplugin.PluginLauncher;
import dev.mortise.runtime.process.launch.PlainSpawner;
import dev.mortise.runtime.process.supervise.RunFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A host that launches a plugin, prints its pid, and waits to be killed. */
public final class DyingHost {

    private DyingHost() {}

    public static void main(String[] arguments) throws Exception {
        RunFolder folder = RunFolder.open(Path.of(arguments[0]));
        Path sockets = folder.next();
        PluginConnection plugin = new PluginLauncher(new PlainSpawner(), Clock.systemUTC(), System.getLogger("host"))
                .launch(PluginLaunch.of("orphan", Path.of(arguments[1]), sockets, sockets))
                .orThrow();
        System.out.println(plugin.process().pid());
        new CountDownLatch(1).await();
    }
}
