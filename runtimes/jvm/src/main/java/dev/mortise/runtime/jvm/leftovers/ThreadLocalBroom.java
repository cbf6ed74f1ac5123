package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Values in thread locals of threads that live on. The entry's reference to its thread local is cleared, as the
 * collector itself may do at any time: the thread then takes it for stale, and makes a new value when it needs one.
 */
final class ThreadLocalBroom implements Broom {

    private final JdkInternals internals;

    ThreadLocalBroom(JdkInternals internals) {
        this.internals = internals;
    }

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.THREAD_LOCAL;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        List<Leftover> leftovers = new ArrayList<>();
        Belonging belonging = new Belonging(plugin);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            for (String map : List.of("threadLocals", "inheritableThreadLocals")) {
                Object locals = internals.get(Thread.class, map, thread);
                Object table = locals == null ? null : internals.get(locals.getClass(), "table", locals);
                if (table instanceof Object[] entries) {
                    sweep(thread, entries, belonging, leftovers);
                }
            }
        }
        return leftovers;
    }

    private void sweep(Thread thread, Object[] entries, Belonging belonging, List<Leftover> leftovers) {
        for (Object entry : entries) {
            Object value = entry == null ? null : internals.get(entry.getClass(), "value", entry);
            if (value == null || !belonging.isOwnOrHolds(value)) {
                continue;
            }
            if (entry instanceof Reference<?> key) {
                key.clear();
            }
            internals.set(entry.getClass(), "value", entry, null);
            leftovers.add(
                    LeftoverKind.THREAD_LOCAL.cleaned("a " + value.getClass().getName() + " in thread '"
                            + thread.getName() + "'; call remove() when a call is over"));
        }
    }
}
