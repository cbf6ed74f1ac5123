package dev.mortise.runtime.jvm.loading;

import dev.mortise.host.model.PluginId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packages that a plugin uses of the plugins that it requires, and the loaders that they come from. */
public final class ImportedPackages {

    public static final ImportedPackages NONE = new ImportedPackages(Map.of());

    private final Map<String, PluginClassLoader> exporters;

    private ImportedPackages(Map<String, PluginClassLoader> exporters) {
        this.exporters = Map.copyOf(exporters);
    }

    /**
     * Joins what the plugins export.
     *
     * @throws IllegalArgumentException if two of them export the same package, naming both
     */
    public static ImportedPackages of(List<Export> exports) {
        Map<String, Export> owners = new HashMap<>();
        Map<String, PluginClassLoader> exporters = new HashMap<>();
        for (Export export : exports) {
            for (String name : export.packages()) {
                Export earlier = owners.putIfAbsent(name, export);
                if (earlier != null) {
                    throw new IllegalArgumentException("both " + earlier.plugin() + " and " + export.plugin()
                            + " export the package " + name + "; require only one of them");
                }
                exporters.put(name, export.loader());
            }
        }
        return new ImportedPackages(exporters);
    }

    @Nullable
    PluginClassLoader exporter(String packageName) {
        return exporters.get(packageName);
    }

    /** What one plugin lets others use. */
    public record Export(PluginId plugin, PluginClassLoader loader, List<String> packages) {
        public Export {
            packages = List.copyOf(packages);
        }
    }
}
