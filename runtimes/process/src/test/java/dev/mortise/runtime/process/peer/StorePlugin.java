package dev.mortise.runtime.process.peer;

import dev.mortise.contracts.grpc.StoreAdapter;
import dev.mortise.contracts.operations.MemoryStore;
import dev.mortise.runtime.process.sdk.GoPluginServer;
import java.util.List;

/** A store for any host that knows the console.plugin.v1 protocol. */
public final class StorePlugin {

    private StorePlugin() {}

    public static void main(String[] arguments) {
        MemoryStore store = new MemoryStore();
        GoPluginServer.withCookie("CONSOLE_PLUGIN", "console-plugin-v1")
                .version(1, broker -> List.of(new StoreAdapter().server(store)))
                .serve();
    }
}
