package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.beans.Introspector;
import java.time.Duration;
import java.util.List;
import java.util.ResourceBundle;

/** Caches of the JDK that the plugin has filled without meaning to. Nothing to report. */
final class CacheBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.CACHE;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        ResourceBundle.clearCache(plugin);
        Introspector.flushCaches();
        return List.of();
    }
}
