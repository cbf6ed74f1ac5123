package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.gateway.GatewayRings;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.PluginView;
import dev.mortise.storage.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugins of the catalog as they are shipped: each passes the scan, and all run in one host. */
@Timeout(300)
class ShippedPluginsTest {

    private static final Path CATALOG = Path.of("../dist/target/mortise/catalog");

    @TempDir
    Path data;

    @Test
    void eachCanBeInstalledBesideAllOthersAndRunsAgainAfterAStart() throws IOException {
        List<Path> packages = packages();
        try (Mortise host = host()) {
            packages.forEach(file -> apply(host, Change.install(file)));
            for (PluginView plugin : host.plugins().list()) {
                // Those with hooks are shipped switched off.
                if (plugin.status() == PluginView.Status.DISABLED) {
                    apply(host, new Change.Enable(plugin.id()));
                }
            }
            assertAllRun(host, packages.size());
        }
        try (Mortise again = host()) {
            assertAllRun(again, packages.size());
        }
    }

    private static List<Path> packages() throws IOException {
        assertThat(CATALOG).as("the module dist is built before this one").isDirectory();
        try (Stream<Path> files = Files.list(CATALOG)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void apply(Mortise host, Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }

    private static void assertAllRun(Mortise host, int count) {
        assertThat(host.plugins().list())
                .hasSize(count)
                .allSatisfy(plugin -> assertThat(plugin.status())
                        .as("%s: %s", plugin.id(), plugin.error())
                        .isEqualTo(PluginView.Status.ACTIVE));
    }

    private Mortise host() {
        MortiseBuilder builder = Mortise.builder().data(data).storage(SqliteStorage.open(data, Clock.systemUTC()));
        GatewayRings.ALL.forEach(builder::ring);
        return builder.start();
    }
}
