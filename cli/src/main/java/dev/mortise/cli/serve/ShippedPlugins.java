package dev.mortise.cli.serve;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Plugins.CatalogEntry;
import dev.mortise.host.Result;
import java.lang.System.Logger.Level;
import java.util.List;

/** The plugins that a new data directory begins with, so that there is something to call. */
final class ShippedPlugins {

    private static final System.Logger LOG = System.getLogger(ShippedPlugins.class.getName());
    private static final List<String> NAMES = List.of("hello-world", "demo", "host-probe", "llm-echo");

    private ShippedPlugins() {}

    /** Installs those that the catalog has. One that cannot be installed stops neither the others nor the host. */
    static void install(Mortise host) {
        List<String> available =
                host.plugins().catalog().stream().map(CatalogEntry::name).toList();
        for (String name : NAMES) {
            if (!available.contains(name)) {
                LOG.log(Level.INFO, "{0} is not in the catalog and so not installed", name);
                continue;
            }
            if (host.plugins().apply(Change.install(new PackageSource.Catalog(name)), Actor.HOST)
                    instanceof Result.Refused<?>(var problem)) {
                LOG.log(Level.WARNING, "{0} could not be installed: {1}", name, problem.message());
            }
        }
    }
}
