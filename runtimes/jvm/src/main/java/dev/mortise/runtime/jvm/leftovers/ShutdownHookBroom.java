package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Shutdown hooks of the plugin. They are not run: what they would close is gone. */
final class ShutdownHookBroom implements Broom {

    private final JdkInternals internals;

    ShutdownHookBroom(JdkInternals internals) {
        this.internals = internals;
    }

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.SHUTDOWN_HOOK;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Leftover> leftovers = new ArrayList<>();
        for (Thread hook : hooks()) {
            Object holder = internals.get(Thread.class, "holder", hook);
            Object task = holder == null ? null : internals.get(holder.getClass(), "task", holder);
            if (belonging.isOwn(hook) || belonging.isOwnOrHolds(task)) {
                leftovers.add(remove(hook));
            } else if (belonging.isOwn(hook.getContextClassLoader())) {
                // Inherited: somebody else's hook that was first needed during a call of the plugin.
                hook.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            }
        }
        return leftovers;
    }

    private static Leftover remove(Thread hook) {
        String what = "'" + hook.getName() + "'; use onUnload instead";
        try {
            return Runtime.getRuntime().removeShutdownHook(hook)
                    ? LeftoverKind.SHUTDOWN_HOOK.cleaned(what)
                    : LeftoverKind.SHUTDOWN_HOOK.remaining(what);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, which settles the matter.
            return LeftoverKind.SHUTDOWN_HOOK.remaining(what);
        }
    }

    private List<Thread> hooks() {
        try {
            Class<?> registry = Class.forName("java.lang.ApplicationShutdownHooks");
            if (!(internals.get(registry, "hooks", null) instanceof Map<?, ?> hooks)) {
                return List.of();
            }
            synchronized (registry) {
                return hooks.keySet().stream().map(Thread.class::cast).toList();
            }
        } catch (ClassNotFoundException e) {
            return List.of();
        }
    }
}
