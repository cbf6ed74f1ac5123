package dev.mortise.plugin.storesqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import org.junit.jupiter.api.Test;

/** The plugin in a host. */
@PluginTest(StoreSqlite.class)
class StoreSqliteTest {

    private static Store store(PluginUnderTest plugin) {
        return plugin.host().services().get(Store.class);
    }

    @Test
    void whatItHasKeptIsThereAfterASwapAndTheInstanceBeforeIsGone(PluginUnderTest plugin) throws InterruptedException {
        store(plugin).createFlag(Flag.of("dark-mode", true));

        plugin.reload();

        assertThat(store(plugin).flag("dark-mode").enabled()).isTrue();
        // Native code is bound to the class loader, and must not hold it.
        for (int i = 0; i < 300 && !plugin.view().retired().isEmpty(); i++) {
            System.gc();
            Thread.sleep(100);
        }
        assertThat(plugin.view().retired()).isEmpty();
    }
}
