package dev.mortise.runtime.jvm;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.StopSignal;
import dev.mortise.runtime.jvm.leftovers.Remains;
import dev.mortise.runtime.jvm.leftovers.Sweep;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import dev.mortise.runtime.jvm.prepare.PreparedPackage;
import dev.mortise.runtime.jvm.shape.SignatureException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's objects in this JVM. Everything that leads to the plugin's classes hangs on one reference, which is cut when
 * the instance is released, so that nobody who still holds the instance holds the plugin.
 */
final class JvmInstance implements PluginInstance {

    /** For threads of the plugin that have been told to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Sweep sweep;
    private final List<String> exports;
    private final Runnable keepClasses;
    private volatile @Nullable LivePlugin living;
    private volatile @Nullable Remains remains;

    /** @param prepared the package that the loader defines classes of */
    JvmInstance(
            InstanceRequest request,
            String mainClass,
            PluginClassLoader loader,
            PreparedPackage prepared,
            Sweep sweep) {
        this.sweep = sweep;
        this.keepClasses = prepared::keep;
        this.exports = request.manifest().exports();
        this.living = new LivePlugin(request, mainClass, loader, prepared.stoppableHooks());
    }

    PluginClassLoader loader() {
        return living().loader();
    }

    List<String> exports() {
        return exports;
    }

    private LivePlugin living() {
        LivePlugin present = living;
        if (present == null) {
            throw new IllegalStateException("the instance has been released");
        }
        return present;
    }

    @Override
    public @Nullable ClassLoader contextClassLoader() {
        return loader();
    }

    @Override
    public StopSignal stopSignal() {
        return loader().pollSwitch();
    }

    @Override
    public Contributions load() throws Exception {
        try {
            Contributions contributions = living().load();
            keepClasses.run();
            return contributions;
        } catch (SignatureException e) {
            throw new PluginStartException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Health health() {
        return living().health();
    }

    @Override
    public boolean reconfigure(JsonObject config) throws Exception {
        return living().reconfigure(config);
    }

    @Override
    public void unload() throws Exception {
        living().unload();
    }

    @Override
    public List<Leftover> release() {
        LivePlugin here = living;
        if (here == null) {
            return List.of();
        }
        living = null;
        here.revoke();
        here.loader().close();
        keepClasses.run();
        List<Leftover> leftovers = sweep.after(here.loader(), PATIENCE);
        remains = new Remains(here.loader(), sweep);
        return leftovers;
    }

    @Override
    public boolean isCollected() {
        Remains present = remains;
        return present != null && present.isCollected();
    }

    @Override
    public List<Leftover> remains() {
        Remains present = remains;
        return present == null ? List.of() : present.holders();
    }
}
