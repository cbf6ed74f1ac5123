package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import dev.mortise.runtime.jvm.loading.PluginClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Handlers and filters of the plugin on loggers of {@code java.util.logging}, the root's above all. */
final class LogHandlerBroom implements Broom {

    @Override
    public LeftoverKind kind() {
        return LeftoverKind.LOG_HANDLER;
    }

    @Override
    public List<Leftover> sweep(PluginClassLoader plugin, Duration patience) {
        Belonging belonging = new Belonging(plugin);
        List<Leftover> leftovers = new ArrayList<>();
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger == null) {
                continue;
            }
            String where = name.isEmpty() ? "the root logger" : "logger " + name;
            for (Handler handler : logger.getHandlers()) {
                if (isOf(belonging, handler)) {
                    logger.removeHandler(handler);
                    leftovers.add(LeftoverKind.LOG_HANDLER.cleaned(
                            "a " + handler.getClass().getName() + " on " + where + "; remove it in onUnload"));
                }
            }
            if (belonging.isOwn(logger.getFilter())) {
                logger.setFilter(null);
                leftovers.add(LeftoverKind.LOG_HANDLER.cleaned("a filter on " + where + "; remove it in onUnload"));
            }
        }
        return leftovers;
    }

    private static boolean isOf(Belonging belonging, Handler handler) {
        return belonging.isOwn(handler)
                || (handler.getClass().getClassLoader() == null
                        && (belonging.isOwn(handler.getFormatter()) || belonging.isOwn(handler.getFilter())));
    }
}
