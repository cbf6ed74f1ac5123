package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.List;

/** Looks in one corner of the JVM for what belongs to a plugin, and takes it away where it can. */
interface Broom {

    LeftoverKind kind();

    /**
     * Finds and cleans.
     *
     * @param patience how long to wait for what ends by itself once it is told to
     * @return what was there, as text only: nothing of it refers to the plugin's classes
     */
    List<Leftover> sweep(PluginClassLoader plugin, Duration patience);
}
