package dev.mortise.runtime.jvm;

import dev.mortise.api.Health;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Plugin;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.runtime.jvm.author.AnnotatedPlugin;
import dev.mortise.runtime.jvm.author.AuthorConfig;
import dev.mortise.runtime.jvm.author.AuthorContext;
import dev.mortise.runtime.jvm.author.AuthorThreads;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance's objects of the plugin's classes, and what it gives to them, from load to release. */
final class LivePlugin {

    private final InstanceRequest request;
    private final PluginObjects objects;
    private final PluginClassLoader loader;
    private final String mainClass;
    private final boolean stoppableHooks;
    private final Shapes shapes = new Shapes();
    private final AuthorThreads threads;
    private final AuthorContext context;
    /** Each once, the main class's first. */
    private final List<Plugin> plugins = new ArrayList<>();

    private JsonObject config;
    private @Nullable AnnotatedPlugin annotated;

    /** @param stoppableHooks whether everything that its hooks can reach can be stopped at any time */
    LivePlugin(InstanceRequest request, String mainClass, PluginClassLoader loader, boolean stoppableHooks) {
        this.request = request;
        this.mainClass = mainClass;
        this.stoppableHooks = stoppableHooks;
        this.loader = loader;
        this.objects = new PluginObjects(loader);
        this.config = request.config();
        this.threads = new AuthorThreads(
                request.manifest().id().value(), loader, request.services().logger());
        this.context = new AuthorContext(request.manifest(), request.services(), shapes, threads, config);
    }

    PluginClassLoader loader() {
        return loader;
    }

    Contributions load() throws Exception {
        Plugin main = objects.make(mainClass, Plugin.class);
        plugins.add(main);
        checkServices(main);
        List<Hook> hooks = hooks(main);
        AnnotatedPlugin offered = new AnnotatedPlugin(main, shapes);
        annotated = offered;
        context.declare(offered);
        boolean stoppable = stoppableHooks && hooks.stream().allMatch(this::isOfThisPackage);
        Contributions contributions = offered.contributions(hooks, stoppable, request.contracts(), config);
        boolean loaded = false;
        try {
            for (Plugin plugin : plugins) {
                plugin.onLoad(context);
            }
            loaded = true;
            return contributions;
        } finally {
            if (!loaded) {
                // Nobody will call unload; the reason that counts is already on its way.
                context.closeResources();
            }
        }
    }

    /** A hook can inherit its code from another plugin's class, which has been scanned by itself. */
    private boolean isOfThisPackage(Hook hook) {
        try {
            return loader.owns(
                    hook.getClass().getMethod("execute", HookContext.class).getDeclaringClass());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a hook without its method: " + hook.getClass(), e);
        }
    }

    private void checkServices(Plugin main) throws PluginStartException {
        for (ServiceContract<?> contract : request.contracts()) {
            if (!contract.type().isInstance(main)) {
                throw new PluginStartException("its manifest says that it implements the service '" + contract.key()
                        + "', and " + main.getClass().getName() + " does not implement "
                        + contract.type().getName());
            }
        }
    }

    private List<Hook> hooks(Plugin main) throws Exception {
        String mainName = main.getClass().getName();
        Map<String, Hook> hooks = new LinkedHashMap<>();
        if (main instanceof Hook hook) {
            hooks.put(mainName, hook);
        }
        for (HookDeclaration declared : request.manifest().hooks()) {
            String name = declared.className().orElse(mainName);
            if (hooks.containsKey(name)) {
                continue;
            }
            if (name.equals(mainName)) {
                throw new PluginStartException("its manifest declares a hook, and " + name
                        + " implements no dev.mortise.api.Hook; implement it, or name the hook's class_name");
            }
            Hook hook = objects.make(name, Hook.class);
            hooks.put(name, hook);
            plugins.add(hook);
        }
        return List.copyOf(hooks.values());
    }

    Health health() {
        for (Plugin plugin : plugins) {
            Health verdict = plugin.health();
            if (verdict instanceof Health.Unhealthy) {
                return verdict;
            }
        }
        return Health.healthy();
    }

    /** Offers a configuration. Routines keep the periods that they began with, so other ones need a new instance. */
    boolean reconfigure(JsonObject next) throws Exception {
        if (annotated == null || !hasSamePeriods(annotated, next)) {
            return false;
        }
        for (Plugin plugin : plugins) {
            if (!plugin.onConfigChange(new AuthorConfig(next, shapes))) {
                return false;
            }
        }
        config = next;
        context.reconfigure(next);
        return true;
    }

    private boolean hasSamePeriods(AnnotatedPlugin plugin, JsonObject next) {
        try {
            return plugin.periods(next).equals(plugin.periods(config));
        } catch (SignatureException e) {
            // The new instance will say what is wrong with the configuration.
            return false;
        }
    }

    /** Calls every {@code onUnload}, closes every resource, and throws the first thing that went wrong. */
    void unload() throws Exception {
        Throwable first = null;
        for (Plugin plugin : plugins.reversed()) {
            try {
                plugin.onUnload();
            } catch (Throwable e) {
                first = first == null ? e : first;
            }
        }
        Throwable closing = context.closeResources();
        switch (first == null ? closing : first) {
            case null -> {
                // All went well.
            }
            case Exception e -> throw e;
            case Error e -> throw e;
            case Throwable e ->
                throw new IllegalStateException("onUnload threw what is neither exception nor error", e);
        }
    }

    /** Cuts all ways in and out, and ends the threads that the plugin was given. */
    void revoke() {
        if (annotated != null) {
            annotated.revoke();
        }
        threads.close();
        context.revoke();
    }
}
