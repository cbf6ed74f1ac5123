package dev.mortise.runtime.jvm;

import dev.mortise.api.Health;
import dev.mortise.api.Hook;
import dev.mortise.api.Plugin;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.StopSignal;
import dev.mortise.runtime.jvm.author.AnnotatedPlugin;
import dev.mortise.runtime.jvm.author.AuthorConfig;
import dev.mortise.runtime.jvm.author.AuthorContext;
import dev.mortise.runtime.jvm.author.AuthorThreads;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's objects in this JVM. Everything that leads to the plugin's classes hangs on one reference, which is cut when
 * the instance is released, so that nobody who still holds the instance holds the plugin.
 */
final class JvmInstance implements PluginInstance {

    private final String mainClass;
    private final List<String> exports;
    private final WeakReference<PluginClassLoader> watched;
    private volatile @Nullable Living living;

    /** What is there until the instance is released. */
    private static final class Living {
        final InstanceRequest request;
        final PluginClassLoader loader;
        final Shapes shapes = new Shapes();
        final AuthorThreads threads;
        final AuthorContext context;
        /** Each once, the main class first. */
        final List<Plugin> plugins = new ArrayList<>();

        Living(InstanceRequest request, PluginClassLoader loader) {
            this.request = request;
            this.loader = loader;
            threads = new AuthorThreads(request.manifest().id().value(), loader);
            context = new AuthorContext(request.manifest(), request.services(), shapes, threads, request.config());
        }
    }

    JvmInstance(InstanceRequest request, String mainClass, PluginClassLoader loader) {
        this.mainClass = mainClass;
        this.exports = request.manifest().exports();
        this.watched = new WeakReference<>(loader);
        this.living = new Living(request, loader);
    }

    PluginClassLoader loader() {
        return living().loader;
    }

    List<String> exports() {
        return exports;
    }

    private Living living() {
        Living present = living;
        if (present == null) {
            throw new IllegalStateException("the instance has been released");
        }
        return present;
    }

    @Override
    public @Nullable ClassLoader contextClassLoader() {
        return living().loader;
    }

    @Override
    public StopSignal stopSignal() {
        return living().loader.pollSwitch();
    }

    @Override
    public Contributions load() throws Exception {
        Living here = living();
        try {
            Plugin main = instantiate(mainClass, Plugin.class, here);
            here.plugins.add(main);
            Map<String, Hook> hooks = hooks(main, here);
            AnnotatedPlugin annotated = new AnnotatedPlugin(main, here.shapes, here.request.config());
            here.context.declare(annotated.eventTypes());
            Contributions contributions = annotated.contributions(List.copyOf(hooks.values()));
            for (Plugin plugin : here.plugins) {
                plugin.onLoad(here.context);
            }
            return contributions;
        } catch (SignatureException e) {
            throw new PluginStartException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Hook> hooks(Plugin main, Living here) throws Exception {
        Map<String, Hook> hooks = new LinkedHashMap<>();
        if (main instanceof Hook hook) {
            hooks.put(main.getClass().getName(), hook);
        }
        for (HookDeclaration declared : here.request.manifest().hooks()) {
            String name = declared.className().orElse(main.getClass().getName());
            if (hooks.containsKey(name)) {
                continue;
            }
            if (name.equals(main.getClass().getName())) {
                throw new PluginStartException("its manifest declares a hook, and " + name
                        + " implements no dev.mortise.api.Hook; implement it, or name the hook's class_name");
            }
            Hook hook = instantiate(name, Hook.class, here);
            hooks.put(name, hook);
            here.plugins.add(hook);
        }
        return hooks;
    }

    private static <T> T instantiate(String name, Class<T> kind, Living here) throws Exception {
        Class<?> type;
        try {
            type = Class.forName(name, true, here.loader);
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (ClassNotFoundException e) {
            throw new PluginStartException(
                    "there is no class " + name + " in its package; correct class_name in the manifest");
        }
        if (!kind.isAssignableFrom(type)) {
            throw new PluginStartException(name + " does not implement " + kind.getName());
        }
        try {
            return kind.cast(type.getConstructor().newInstance());
        } catch (NoSuchMethodException e) {
            throw new PluginStartException(name + " has no public constructor without parameters; add one");
        } catch (InstantiationException | IllegalAccessException e) {
            throw new PluginStartException(name + " cannot be instantiated: make the class public and not abstract");
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public Health health() {
        for (Plugin plugin : living().plugins) {
            Health verdict = plugin.health();
            if (verdict instanceof Health.Unhealthy) {
                return verdict;
            }
        }
        return Health.healthy();
    }

    @Override
    public boolean reconfigure(JsonObject config) throws Exception {
        Living here = living();
        for (Plugin plugin : here.plugins) {
            if (!plugin.onConfigChange(new AuthorConfig(config, here.shapes))) {
                return false;
            }
        }
        here.context.reconfigure(config);
        return true;
    }

    @Override
    public void unload() throws Exception {
        Living here = living();
        try (AuthorContext closing = here.context) {
            Exception first = null;
            for (Plugin plugin : here.plugins.reversed()) {
                try {
                    plugin.onUnload();
                } catch (Exception e) {
                    first = first == null ? e : first;
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }

    @Override
    public List<Leftover> release() {
        Living here = living;
        if (here == null) {
            return List.of();
        }
        living = null;
        here.threads.close();
        here.loader.close();
        return List.of();
    }

    @Override
    public boolean isCollected() {
        return living == null && watched.refersTo(null);
    }

    @Override
    public List<Leftover> remains() {
        return List.of();
    }
}
